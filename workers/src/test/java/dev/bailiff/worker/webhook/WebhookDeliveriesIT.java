package dev.bailiff.worker.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bailiff.database.Database;
import dev.bailiff.testing.server.PostgresExtension;
import dev.bailiff.webhook.HostLookup;
import dev.bailiff.webhook.NewWebhook;
import dev.bailiff.webhook.NotifyConfig;
import dev.bailiff.webhook.SigningSecret;
import dev.bailiff.webhook.WebhookAddress;
import dev.bailiff.webhook.WebhookEvent;
import dev.bailiff.webhook.Webhooks;
import dev.bailiff.webhook.WebhooksConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages to receivers that really listen: good ones, bad ones, and those at forbidden places. */
class WebhookDeliveriesIT {
  private static final List<String> ALL = WebhookEvent.parse(WebhookEvent.words());
  private static final Duration ATTEMPT = Duration.ofSeconds(1);

  @RegisterExtension static final PostgresExtension postgres = PostgresExtension.migrated();

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private Jdbi jdbi;
  private Webhooks webhooks;

  @BeforeEach
  void nothing() {
    jdbi = Database.jdbi(postgres.dataSource());
    sql("truncate jobs.webhook, jobs.webhook_delivery");
    sql("truncate jobs.job cascade");
    webhooks = new Webhooks(jdbi);
  }

  @AfterEach
  void closeAll() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }

  @Test
  void messagesAreSignedInOrderAndSayNothingOfTheWork() throws Exception {
    var receiver = receiver("127.0.0.1");
    var deliveries = deliveries(loopback(), HostLookup.SYSTEM);
    var secret = webhook("http://127.0.0.1:" + receiver.port() + "/hook?a=b", ALL);
    var job = job("spam");
    change(job, null, "scheduled");
    change(job, "scheduled", "active");
    change(job, "active", "completed");

    deliveries.deliverNow();

    await().untilAsserted(() -> assertThat(receiver.messages()).hasSize(3));
    await().untilAsserted(() -> assertThat(left()).isZero());
    assertThat(receiver.messages())
        .extracting(message -> json(message.body()).path("event").textValue())
        .containsExactly("accepted", "started", "completed");
    assertThat(receiver.messages())
        .allSatisfy(
            message -> {
              assertThat(message.path()).isEqualTo("/hook?a=b");
              assertThat(message.verdict(secret, Instant.now())).isEqualTo("genuine");
              assertThat(json(message.body()).fieldNames())
                  .toIterable()
                  .containsExactly("event", "job", "at", "id");
              assertThat(json(message.body()).path("id").textValue()).isEqualTo(message.id());
              assertThat(json(message.body()).path("job").textValue()).isEqualTo(job.toString());
            });
  }

  /** What an attacker can do who sees a message, or makes one up. */
  @Test
  void forgedRepeatedAndLateMessagesAreToldApart() throws Exception {
    var receiver = receiver("127.0.0.1");
    receiver.answerWith(500);
    var deliveries = deliveries(loopback(), HostLookup.SYSTEM);
    var secret = webhook("http://127.0.0.1:" + receiver.port() + "/", ALL);
    change(job("spam"), "active", "failed");

    deliveries.deliverNow();
    await().untilAsserted(() -> assertThat(error()).isEqualTo("the receiver answered 500"));
    hurry();
    deliveries.deliverNow();
    await().untilAsserted(() -> assertThat(receiver.messages()).hasSize(2));

    var first = receiver.messages().get(0);
    var second = receiver.messages().get(1);
    assertThat(second.id()).as("a repetition").isEqualTo(first.id());
    assertThat(second.verdict(secret, Instant.now())).isEqualTo("genuine");
    assertThat(first.verdict(secret, Instant.now().plusSeconds(600)))
        .as("a recorded message that is sent again")
        .isEqualTo("late");
    assertThat(
            new Receiver.Message(
                    first.path(),
                    first.id(),
                    Long.toString(Long.parseLong(first.timestamp()) + 200),
                    first.signature(),
                    first.body())
                .verdict(secret, Instant.now()))
        .as("another time")
        .isEqualTo("forged");
    assertThat(
            new Receiver.Message(
                    first.path(),
                    first.id(),
                    first.timestamp(),
                    first.signature(),
                    first.body().replace("failed", "paused"))
                .verdict(secret, Instant.now()))
        .as("another body")
        .isEqualTo("forged");
    assertThat(first.verdict(SigningSecret.random().text(), Instant.now()))
        .as("another secret")
        .isEqualTo("forged");
  }

  @Test
  void aRedirectIsNotFollowed() throws Exception {
    var inside = receiver("127.0.0.2");
    var receiver = receiver("127.0.0.1");
    receiver.redirectTo("http://127.0.0.2:" + inside.port() + "/");
    var deliveries = deliveries(loopback(), HostLookup.SYSTEM);
    webhook("http://127.0.0.1:" + receiver.port() + "/", ALL);
    change(job("spam"), "active", "failed");

    deliveries.deliverNow();

    await()
        .untilAsserted(
            () ->
                assertThat(error())
                    .isEqualTo("the receiver answered 307, and no redirect is followed"));
    assertThat(inside.messages()).isEmpty();
  }

  /** The name leads to a harmless address when it is checked, and to another right after. */
  @Test
  void aNameThatChangesItsAddressLeadsNowhereElse() throws Exception {
    var harmless = receiver("127.0.0.2");
    var inside = Receiver.at("127.0.0.3", harmless.port());
    opened.push(inside);
    var lookups = new AtomicInteger();
    HostLookup rebinding =
        host ->
            List.of(
                InetAddress.getByName(lookups.getAndIncrement() == 0 ? "127.0.0.2" : "127.0.0.3"));
    var deliveries = deliveries(new WebhooksConfig(List.of("127.0.0.2/32")), rebinding);
    webhook("http://rebinding.example:" + harmless.port() + "/", ALL);
    change(job("spam"), "active", "failed");

    deliveries.deliverNow();
    await().untilAsserted(() -> assertThat(harmless.messages()).hasSize(1));
    assertThat(lookups).as("the address is looked up once").hasValue(1);

    change(job("spam"), "active", "failed");
    deliveries.deliverNow();
    await()
        .untilAsserted(() -> assertThat(error()).startsWith("the address 127.0.0.3 is not public"));
    assertThat(lookups).hasValue(2);
    assertThat(inside.messages()).isEmpty();
  }

  @Test
  void addressesInsideAreNotCalledUnlessTheConfigurationNamesThem() throws Exception {
    var receiver = receiver("127.0.0.1");
    var deliveries = deliveries(WebhooksConfig.DEFAULT, HostLookup.SYSTEM);
    webhook("https://localhost:" + receiver.port() + "/", ALL);
    change(job("spam"), "active", "failed");

    deliveries.deliverNow();

    await().untilAsserted(() -> assertThat(error()).contains("is not public"));
    assertThat(receiver.messages()).isEmpty();
  }

  @Test
  void aReceiverThatCannotProveWhoItIsGetsNothing(@TempDir Path folder) throws Exception {
    var receiver = Receiver.withTls(folder);
    opened.push(receiver);
    var deliveries = deliveries(loopback(), HostLookup.SYSTEM);
    webhook("https://127.0.0.1:" + receiver.port() + "/", ALL);
    change(job("spam"), "active", "failed");

    deliveries.deliverNow();

    await()
        .untilAsserted(
            () -> assertThat(error()).isEqualTo("the receiver cannot prove by TLS who it is"));
    assertThat(receiver.messages()).isEmpty();
  }

  @Test
  void aReceiverThatHangsHurtsNobodyElse() throws Exception {
    var hanging = odd(out -> {});
    var good = receiver("127.0.0.1");
    var deliveries = deliveries(loopback(), HostLookup.SYSTEM);
    webhook("http://127.0.0.1:" + hanging.port() + "/", ALL);
    webhook("http://127.0.0.1:" + good.port() + "/", ALL);
    for (int n = 0; n < 20; n++) {
      change(job("spam"), "active", "failed");
    }

    deliveries.deliverNow();

    await().untilAsserted(() -> assertThat(good.messages()).hasSize(20));
    assertThat(hanging.connections()).isLessThanOrEqualTo(4);
    await()
        .untilAsserted(
            () ->
                assertThat(webhooks.list().get(0).lastError())
                    .contains("the receiver did not answer in time"));
  }

  @Test
  void anAnswerWithoutEndIsCutOffAndCounts() throws Exception {
    var chunk = new byte[1 << 16];
    var endless =
        odd(
            out -> {
              OddReceiver.head("HTTP/1.1 200 OK\r\n\r\n").write(out);
              while (true) {
                out.write(chunk);
              }
            });
    var deliveries = deliveries(loopback(), HostLookup.SYSTEM);
    webhook("http://127.0.0.1:" + endless.port() + "/", ALL);
    change(job("spam"), "active", "failed");

    deliveries.deliverNow();

    await().untilAsserted(() -> assertThat(left()).isZero());
    await().untilAsserted(() -> assertThat(endless.cutOff()).isPositive());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nA: b\r\n%a line without end",
        "HTTP/1.1 100 Continue\r\n\r\n%",
        "SSH-2.0-OpenSSH\r\n",
        "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n"
      })
  void anAnswerThatIsNoSuccessIsAFailure(String answer) throws Exception {
    var parts = answer.split("%", -1);
    var receiver =
        odd(
            out -> {
              OddReceiver.head(parts[0]).write(out);
              while (parts.length > 1) {
                OddReceiver.head(parts[1].isEmpty() ? parts[0] : parts[1]).write(out);
              }
            });
    var deliveries = deliveries(loopback(), HostLookup.SYSTEM);
    webhook("http://127.0.0.1:" + receiver.port() + "/", ALL);
    change(job("spam"), "active", "failed");

    deliveries.deliverNow();

    await().untilAsserted(() -> assertThat(error()).isNotNull());
    assertThat(left()).isEqualTo(1);
  }

  @Test
  void aRoomReadsASentenceThatNobodysReasonCanBreak() throws Exception {
    var room = receiver("127.0.0.1");
    var notify =
        new NotifyConfig(WebhookAddress.parse("http://127.0.0.1:" + room.port() + "/webhook/1"));
    var deliveries = deliveries(new WebhookSettings(loopback(), notify), HostLookup.SYSTEM);
    deliveries.start();
    await().untilAsserted(() -> assertThat(webhooks.list()).hasSize(1));
    var job = job("`<!channel> @room\n[x](https://evil.example) \u202e" + "a".repeat(500));
    change(job, "scheduled", "awaiting_approval");

    deliveries.deliverNow();

    await().untilAsserted(() -> assertThat(room.messages()).hasSize(1));
    var message = room.messages().get(0);
    assertThat(message.signature()).isNull();
    assertThat(message.id()).startsWith("msg_");
    var text = json(message.body()).path("text").textValue();
    assertThat(text)
        .startsWith(
            "An approval is wanted for job "
                + job
                + " (redact-events, 2 targets), asked for by `@a:x` with the reason `'&lt;!channel&gt;")
        .endsWith("…`.")
        .doesNotContain("\n", "@room", "\u202e", "<");
    assertThat(text.chars().filter(c -> c == '`')).hasSize(4);
    assertThat(text.length()).isLessThan(600);
  }

  /** A worker that ends leaves nothing behind that another one could not do. */
  @Test
  void whatAClosedWorkerHadInHandIsDeliveredByAnother() throws Exception {
    var hanging = odd(out -> {});
    var first = deliveries(loopback(), HostLookup.SYSTEM);
    webhook("http://127.0.0.1:" + hanging.port() + "/", ALL);
    change(job("spam"), "active", "failed");
    first.deliverNow();
    await().untilAsserted(() -> assertThat(hanging.connections()).isEqualTo(1));

    first.close();

    assertThat(left()).isEqualTo(1);
    hurry();
    sql("update jobs.webhook_delivery set lease_owner = null, lease_until = null");
    deliveries(loopback(), HostLookup.SYSTEM).deliverNow();
    await().untilAsserted(() -> assertThat(hanging.connections()).isEqualTo(2));
  }

  private Receiver receiver(String address) throws IOException {
    var receiver = Receiver.at(address, 0);
    opened.push(receiver);
    return receiver;
  }

  private OddReceiver odd(OddReceiver.Answer answer) throws IOException {
    var receiver = new OddReceiver(answer);
    opened.push(receiver);
    return receiver;
  }

  private static WebhooksConfig loopback() {
    return new WebhooksConfig(List.of("127.0.0.0/8"));
  }

  private WebhookDeliveries deliveries(WebhooksConfig config, HostLookup lookup) {
    return deliveries(new WebhookSettings(config, null), lookup);
  }

  private WebhookDeliveries deliveries(WebhookSettings settings, HostLookup lookup) {
    var deliveries =
        new WebhookDeliveries(
            jdbi,
            "w" + opened.size(),
            settings,
            new MetricRegistry(),
            new WebhookSender(settings.webhooks().policy(), lookup, Clock.systemUTC(), ATTEMPT));
    opened.push(deliveries);
    return deliveries;
  }

  /** Returns the secret. */
  private String webhook(String url, List<String> events) {
    var secret = SigningSecret.random();
    webhooks.add(
        new NewWebhook(WebhookAddress.parse(url), secret, events, List.of(), "", "@admin:x"));
    return secret.text();
  }

  private UUID job(String reason) {
    var id = UUID.randomUUID();
    jdbi.useHandle(
        handle ->
            handle.execute(
                "insert into jobs.job (job_id, kind, status, parameters, requester, acting_user, target_count, reason)"
                    + " values (?, 'redact-events', 'active', '{}', '@a:x', '@a:x', 2, ?)",
                id,
                reason));
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

  /** Waits and rests are over. */
  private void hurry() {
    sql("update jobs.webhook set rests_until = null");
    sql("update jobs.webhook_delivery set due_at = now()");
  }

  private @Nullable String error() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select max(last_error) from jobs.webhook_delivery")
                .mapTo(String.class)
                .one());
  }

  private int left() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select count(*) from jobs.webhook_delivery")
                .mapTo(Integer.class)
                .one());
  }

  private void sql(String statement) {
    jdbi.useHandle(handle -> handle.execute(statement));
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
