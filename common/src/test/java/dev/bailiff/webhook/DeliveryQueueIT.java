package dev.bailiff.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.testing.server.PostgresExtension;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Messages are written with changes of jobs, and handed out in order, once, and fairly. */
class DeliveryQueueIT {
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final List<String> ENDED = WebhookEvent.parse(List.of("ended"));
  private static final List<String> ALL = WebhookEvent.parse(WebhookEvent.words());

  @RegisterExtension static final PostgresExtension postgres = PostgresExtension.migrated();

  private Jdbi jdbi;
  private Webhooks webhooks;
  private DeliveryQueue queue;
  private DeliveryQueue other;

  @BeforeEach
  void nothing() {
    jdbi = Database.jdbi(postgres.dataSource());
    sql("truncate jobs.webhook, jobs.webhook_delivery");
    sql("truncate jobs.job cascade");
    webhooks = new Webhooks(jdbi);
    queue = new DeliveryQueue(jdbi, "one");
    other = new DeliveryQueue(jdbi, "other");
  }

  @Test
  void withoutAWebhookNothingIsWritten() {
    change(job("redact-events"), null, "scheduled");

    assertThat(count("jobs.webhook_delivery")).isZero();
    assertThat(queue.prune()).isFalse();
  }

  @Test
  void aWebhookIsToldOfTheEventsAndKindsThatItAskedFor() {
    webhook("https://a.example/", ENDED, List.of());
    webhook("https://b.example/", ALL, List.of("delete-rooms"));
    var redaction = job("redact-events");
    change(redaction, null, "scheduled");
    change(redaction, "scheduled", "active");
    change(redaction, "active", "completed");
    var deletion = job("delete-rooms");
    change(deletion, null, "scheduled");
    change(deletion, "scheduled", "awaiting_approval");
    change(deletion, "awaiting_approval", "active");
    change(deletion, "active", "paused");
    change(deletion, "paused", "active");
    change(deletion, "active", "failed");

    assertThat(events("https://a.example")).containsExactly("completed", "failed");
    assertThat(events("https://b.example"))
        .containsExactly("accepted", "approval_wanted", "resumed", "paused", "resumed", "failed");
  }

  @Test
  void anEndWithFailuresAndLeftOversIsToldAsSuch() {
    webhook("https://a.example/", ALL, List.of());
    var job = job("redact-events");
    jdbi.useHandle(
        handle -> {
          handle.execute(
              "insert into jobs.target (job_id, target_n, target, verdict) values (?, 0, '@a:x', 'left-over')",
              job);
          handle.execute(
              "insert into jobs.failure (job_id, stage_n, segment_n, target_n, item, code, text, attempt) values (?, 1, 1, 0, '$a', 'M_UNKNOWN', 'no', 1)",
              job);
        });
    change(job, "scheduled", "active");
    change(job, "active", "completed");

    assertThat(events("https://a.example"))
        .containsExactly("started", "completed", "items_failed", "left_over");
  }

  @Test
  void aChangeThatIsRolledBackIsNotTold() {
    webhook("https://a.example/", ALL, List.of());
    var job = job("redact-events");

    jdbi.useTransaction(
        handle -> {
          handle.execute(
              "insert into jobs.transition (job_id, to_status) values (?, 'scheduled')", job);
          handle.rollback();
        });

    assertThat(count("jobs.webhook_delivery")).isZero();
  }

  @Test
  void ofAJobOneMessageIsHandedOutAtATime() {
    webhook("https://a.example/", ALL, List.of());
    var job = job("redact-events");
    change(job, null, "scheduled");
    change(job, "scheduled", "active");

    var first = queue.take(10);
    assertThat(first).extracting(TakenDelivery::event).containsExactly("accepted");
    assertThat(queue.take(10)).isEmpty();
    assertThat(other.take(10)).isEmpty();

    queue.delivered(first.get(0));
    assertThat(other.take(10)).extracting(TakenDelivery::event).containsExactly("started");
  }

  @Test
  void whatWaitsBehindAFailedMessageWaitsWithIt() {
    webhook("https://a.example/", ALL, List.of());
    var job = job("redact-events");
    change(job, null, "scheduled");
    change(job, "scheduled", "active");

    queue.failed(queue.take(1).get(0), "the receiver answered 500", SOON);
    change(job, "active", "completed");

    assertThat(due()).isFalse();
    awake();
    assertThat(queue.take(10)).isEmpty();
    later();
    assertThat(due()).isTrue();
    var again = queue.take(10);
    assertThat(again).extracting(TakenDelivery::event).containsExactly("accepted");
    assertThat(again.get(0).attempt()).isEqualTo(2);
  }

  @Test
  void anotherWorkerTakesOverWhenALeaseRanOut() {
    webhook("https://a.example/", ALL, List.of());
    change(job("redact-events"), null, "scheduled");
    var dead = queue.take(1).get(0);
    assertThat(other.take(1)).isEmpty();

    sql("update jobs.webhook_delivery set lease_until = clock_timestamp()");
    var heir = other.take(1).get(0);

    assertThat(heir.messageId()).isEqualTo(dead.messageId());
    queue.failed(dead, "too late", SOON);
    assertThat(other.take(1)).as("the former owner frees nothing").isEmpty();
    queue.delivered(dead);
    assertThat(count("jobs.webhook_delivery")).as("what arrived is delivered").isZero();
    other.failed(heir, "a repetition", SOON);
  }

  @Test
  void aClockThatWasPutBackDelaysNothingForLong() {
    webhook("https://a.example/", ALL, List.of());
    change(job("redact-events"), null, "scheduled");
    queue.take(1);
    sql("update jobs.webhook_delivery set lease_until = clock_timestamp() + interval '1 year'");
    sql("update jobs.webhook set rests_until = clock_timestamp() + interval '1 year'");
    assertThat(other.take(1)).hasSize(1);

    sql(
        "update jobs.webhook_delivery set lease_owner = null, lease_until = null, due_at = clock_timestamp() + interval '1 year'");
    queue.prune();
    assertThat(queue.take(1)).hasSize(1);
  }

  @Test
  void aReceiverHasFewMessagesUnderWayAndOthersTheirTurn() {
    webhook("https://slow.example/a", ENDED, List.of());
    webhook("https://slow.example/b", ENDED, List.of());
    webhook("https://other.example/", ENDED, List.of());
    for (int n = 0; n < 10; n++) {
      change(job("redact-events"), "active", "completed");
    }

    var taken = queue.take(3);
    taken.addAll(other.take(100));

    assertThat(taken)
        .extracting(each -> each.address().receiver())
        .containsExactlyInAnyOrder(
            "https://slow.example",
            "https://slow.example",
            "https://other.example",
            "https://other.example");
    assertThat(taken).extracting(TakenDelivery::number).doesNotHaveDuplicates();
  }

  @Test
  void aReceiverThatFailsRestsLongerEachTime() {
    webhook("https://a.example/", ENDED, List.of());
    change(job("redact-events"), "active", "completed");

    for (int n = 1; n <= 12; n++) {
      queue.failed(queue.take(1).get(0), "away", Duration.ZERO);
      assertThat(rest()).isBetween(Math.min(300, 1 << (n - 1)) - 1, 300);
      assertThat(queue.take(1)).isEmpty();
      assertThat(due()).isFalse();
      awake();
    }
    queue.delivered(queue.take(1).get(0));
    assertThat(webhooks.list().get(0).lastError()).isEmpty();
  }

  @Test
  void aMessageIsGivenUpAfterADayListedAndReplayed() {
    var id = webhook("https://a.example/", ENDED, List.of());
    change(job("redact-events"), "active", "completed");
    change(job("redact-events"), "active", "failed");
    var taken = queue.take(1).get(0);
    sql("update jobs.webhook_delivery set begun_at = begun_at - interval '25 hours'");
    queue.failed(taken, "the receiver answered 500", SOON);
    assertThat(webhooks.failed(id, 0, 10)).hasSize(1);

    queue.prune();

    var failed = webhooks.failed(id, 0, 10);
    assertThat(failed).extracting(FailedDelivery::event).containsExactly("completed", "failed");
    assertThat(failed.get(0).error()).isEqualTo("the receiver answered 500");
    assertThat(failed.get(0).messageId()).isEqualTo(taken.messageId());
    assertThat(webhooks.failed(id, failed.get(0).number(), 10)).hasSize(1);
    awake();
    assertThat(queue.take(10)).isEmpty();
    assertThat(webhooks.list().get(0).failed()).isEqualTo(2);

    assertThat(webhooks.replay(UUID.randomUUID(), null)).isZero();
    assertThat(webhooks.replay(id, List.of())).isZero();
    assertThat(webhooks.replay(id, List.of(failed.get(0).number()))).isEqualTo(1);
    assertThat(queue.take(10)).extracting(TakenDelivery::messageId).containsOnly(taken.messageId());
    assertThat(webhooks.replay(id, null)).isEqualTo(1);
  }

  @Test
  void whatWasGivenUpIsForgottenAfterAMonth() {
    webhook("https://a.example/", ENDED, List.of());
    change(job("redact-events"), "active", "completed");
    sql("update jobs.webhook_delivery set failed_at = now() - interval '29 days'");
    queue.prune();
    assertThat(count("jobs.webhook_delivery")).isEqualTo(1);

    sql("update jobs.webhook_delivery set failed_at = now() - interval '31 days'");
    queue.prune();
    assertThat(count("jobs.webhook_delivery")).isZero();
  }

  @Test
  void aDeletedWebhookLeavesNothing() {
    var id = webhook("https://a.example/secret", ENDED, List.of());
    change(job("redact-events"), "active", "completed");
    var taken = queue.take(1).get(0);

    assertThat(webhooks.delete(id)).isTrue();

    assertThat(webhooks.delete(id)).isFalse();
    assertThat(webhooks.exists(id)).isFalse();
    assertThat(webhooks.list()).isEmpty();
    assertThat(count("jobs.webhook where secret is not null or url <> ''")).isZero();
    change(job("redact-events"), "active", "completed");
    assertThat(count("jobs.webhook_delivery")).isEqualTo(1);
    queue.failed(taken, "late", SOON);
    queue.prune();
    assertThat(count("jobs.webhook_delivery")).isZero();
    assertThat(count("jobs.webhook")).isZero();
  }

  @Test
  void thereAreAHundredWebhooksAtMost() {
    for (int n = 0; n < Webhooks.MOST; n++) {
      webhook("https://a.example/" + n, ENDED, List.of());
    }

    assertThat(webhooks.add(wanted("https://a.example/", ENDED, List.of()))).isEmpty();
  }

  @Test
  void theConfigurationHasOneWebhookThatFollowsIt() {
    webhooks.setOfConfiguration(
        new NotifyConfig(WebhookAddress.parse("https://hookshot.example/webhook/1")));
    webhooks.setOfConfiguration(
        new NotifyConfig(WebhookAddress.parse("https://hookshot.example/webhook/2")));

    change(job("redact-events"), "active", "completed");
    change(job("redact-events"), "active", "failed");

    assertThat(webhooks.list())
        .singleElement()
        .satisfies(
            webhook -> {
              assertThat(webhook.madeBy()).isEmpty();
              assertThat(webhook.events())
                  .containsExactly("approval_wanted", "failed", "items_failed", "left_over");
            });
    assertThat(queue.take(10))
        .singleElement()
        .satisfies(
            taken -> {
              assertThat(taken.isText()).isTrue();
              assertThat(taken.secret()).isNull();
              assertThat(taken.address().uri().getPath()).isEqualTo("/webhook/2");
            });
  }

  /** A receiver that is away for hours must not make each round read its backlog. */
  @Test
  void aRoundReadsLittleOfALargeBacklog() {
    var id = webhook("https://a.example/", ALL, List.of());
    jdbi.useHandle(
        handle -> {
          handle.execute(
              """
              insert into jobs.webhook_delivery (webhook_id, job_id, event, happened_at, due_at)
              select ?, md5((n / 2)::text)::uuid, 'completed', now(), now() + n * interval '1 second'
                from generate_series(1, 100000) as n
              """,
              id);
          handle.execute(
              """
              insert into jobs.webhook_delivery (webhook_id, job_id, event, happened_at, failed_at)
              select ?, md5(n::text)::uuid, 'completed', now(), now() from generate_series(1, 100000) as n
              """,
              id);
          handle.execute("analyze jobs.webhook_delivery");
        });

    assertThat(buffers("select " + DeliveryQueue.FROM_DUE)).isLessThan(20);
    sql(
        "update jobs.webhook_delivery set due_at = now() where event = 'completed' and failed_at is null");
    sql("vacuum analyze jobs.webhook_delivery");
    assertThat(queue.take(2)).hasSize(2);
    assertThat(buffers(DeliveryQueue.TAKE.replace(":owner", "'x'").replace(":most", "8")))
        .isLessThan(200);
  }

  private int buffers(String statement) {
    var plan =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery("explain (analyze, buffers, format json, costs off) " + statement)
                    .mapTo(String.class)
                    .one());
    var hits = Pattern.compile("\"Shared (?:Hit|Read) Blocks\": (\\d+)").matcher(plan);
    int first = 0;
    for (int n = 0; n < 2 && hits.find(); n++) {
      first += Integer.parseInt(hits.group(1));
    }
    return first;
  }

  private UUID webhook(String url, List<String> events, List<String> kinds) {
    return webhooks.add(wanted(url, events, kinds)).orElseThrow();
  }

  private static NewWebhook wanted(String url, List<String> events, List<String> kinds) {
    return new NewWebhook(
        WebhookAddress.parse(url), SigningSecret.random(), events, kinds, "", "@admin:x");
  }

  private UUID job(String kind) {
    var id = UUID.randomUUID();
    jdbi.useHandle(
        handle ->
            handle.execute(
                "insert into jobs.job (job_id, kind, status, parameters, requester, acting_user, target_count) values (?, ?, 'active', '{}', '@a:x', '@a:x', 1)",
                id,
                kind));
    return id;
  }

  private void change(UUID job, @Nullable String from, String to) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "insert into jobs.transition (job_id, from_status, to_status) values (?, ?, ?)",
                job,
                from,
                to));
  }

  private List<String> events(String receiver) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select event from jobs.webhook_delivery join jobs.webhook using (webhook_id) where receiver = :r order by delivery_id")
                .bind("r", receiver)
                .mapTo(String.class)
                .list());
  }

  private int rest() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select ceil(extract(epoch from rests_until - clock_timestamp())) from jobs.webhook")
                .mapTo(Integer.class)
                .one());
  }

  private boolean due() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select exists (select " + DeliveryQueue.FROM_DUE + ")")
                .mapTo(Boolean.class)
                .one());
  }

  private void awake() {
    sql("update jobs.webhook set rests_until = null");
  }

  private void later() {
    sql("update jobs.webhook_delivery set due_at = due_at - interval '1 minute'");
  }

  private int count(String table) {
    return jdbi.withHandle(
        handle -> handle.createQuery("select count(*) from " + table).mapTo(Integer.class).one());
  }

  private void sql(String statement) {
    jdbi.useHandle(handle -> handle.execute(statement));
  }
}
