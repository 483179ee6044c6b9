package dev.bailiff.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.access.NewToken;
import dev.bailiff.access.OperatorTokens;
import dev.bailiff.access.Scope;
import dev.bailiff.access.Scopes;
import dev.bailiff.access.TokenTerms;
import dev.bailiff.kafka.KafkaPublisher;
import dev.bailiff.schemas.event.JobEvent;
import io.dropwizard.testing.ConfigOverride;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Streams of events and long polls, and what ends them. */
class FollowIT {
  private static final String JOBS = "/_bailiff/v1/jobs";
  private static final String EVENTS = "/_bailiff/v1/events";

  @RegisterExtension
  static final RunningGateway gateway =
      RunningGateway.with(
          ConfigOverride.config("follow.perToken", "3"),
          ConfigOverride.config("follow.heartbeat", "200ms"),
          ConfigOverride.config("follow.reread", "100ms"));

  private String token;

  @BeforeEach
  void newToken() {
    token =
        new OperatorTokens(gateway.jdbi())
            .issue(
                new NewToken(
                    "one",
                    "",
                    TokenTerms.of(Scopes.of(Scope.JOBS_READ, Scope.JOBS_SUBMIT, Scope.ROOMS_READ)),
                    null));
  }

  @Test
  void aStreamOfAJobTellsItsStateAndEachNewerOneUntilItsEnd() {
    var job = submit("delete-rooms", "!a:chat.example");

    String last;
    try (var stream = follow(JOBS + "/" + job + "/events", null)) {
      assertThat(stream.status()).isEqualTo(200);
      assertThat(stream.header("Content-Type")).isEqualTo("text/event-stream");
      assertThat(stream.header("X-Accel-Buffering")).isEqualTo("no");
      stream.await(told -> told.path("status").asText().equals("scheduled"));
      await().until(() -> stream.lines().contains(":"));

      move(job, "scheduled", "active");
      stream.await(told -> told.path("status").asText().equals("active"));
      move(job, "active", "completed");

      assertThat(stream.awaitEnd()).isEqualTo("whole");
      assertThat(stream.jobs()).extracting(told -> told.path("version").asLong()).isSorted();
      var end = stream.jobs().get(stream.jobs().size() - 1);
      assertThat(end.path("status").asText()).isEqualTo("completed");
      last = stream.lastId();
      assertThat(last).isEqualTo(end.path("version").asText());
      assertThat(show(job).path("version")).isEqualTo(end.path("version"));
    }

    try (var again = follow(JOBS + "/" + job + "/events", last)) {
      assertThat(again.status()).isEqualTo(204);
    }
    try (var behind = follow(JOBS + "/" + job + "/events", "1")) {
      assertThat(behind.awaitEnd()).isEqualTo("whole");
      assertThat(behind.jobs()).hasSize(1);
    }
    try (var unknown = follow(JOBS + "/" + UUID.randomUUID() + "/events", null)) {
      assertThat(unknown.status()).isEqualTo(404);
    }
  }

  @Test
  void progressIsToldAtItsEvent() {
    var job = submit("delete-rooms", "!p:chat.example");
    move(job, "scheduled", "active");
    gateway
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "insert into jobs.stage (job_id, stage_n, name, total) values (?, 1, 'purge', 10)",
                    UUID.fromString(job)));

    try (var stream = follow(EVENTS + "?kind=delete-rooms&status=active", null);
        var publisher = new KafkaPublisher(gateway.config().kafka())) {
      gateway
          .jdbi()
          .useHandle(
              handle ->
                  handle.execute(
                      "update jobs.stage set done = 4, progress_at = clock_timestamp() where job_id = ?",
                      UUID.fromString(job)));
      // Repeated, as the gateway hears only the events after it began to listen.
      await()
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(100))
          .until(
              () -> {
                publisher.publishEvent(progress(job));
                return stream.jobs().stream()
                    .anyMatch(one -> one.at("/progress/done").asInt() == 4);
              });
      var told =
          stream.await(
              one ->
                  one.path("job_id").asText().equals(job) && one.at("/progress/done").asInt() == 4);
      assertThat(told.path("stage").asText()).isEqualTo("purge");
      assertThat(told.has("parameters")).isFalse();
    }
  }

  @Test
  void aStreamOfAllJobsTellsWhatItsFilterWants() {
    try (var stream = follow(EVENTS + "?kind=redact-events&status=cancelled", null)) {
      var other = submit("delete-rooms", "!b:chat.example");
      var mine = submit("redact-events", "@b:chat.example");
      cancel(other);
      cancel(mine);

      stream.await(told -> told.path("job_id").asText().equals(mine));
      assertThat(stream.jobs())
          .extracting(told -> told.path("job_id").asText() + told.path("status").asText())
          .containsOnly(mine + "cancelled");
    }
    assertThat(gateway.admin().get(EVENTS + "?status=none").outcome())
        .isEqualTo("400 M_INVALID_PARAM");
    assertThat(gateway.admin().get(EVENTS + "?kind=none").outcome())
        .isEqualTo("400 M_INVALID_PARAM");
    assertThat(gateway.admin().send("HEAD", EVENTS, null).status()).isEqualTo(200);
  }

  @Test
  void aStreamGoesOnWhereItWasCutOff() {
    String last;
    try (var stream = follow(EVENTS, null)) {
      await().until(() -> !stream.lastId().isEmpty());
      last = stream.lastId();
    }
    var job = submit("delete-rooms", "!c:chat.example");
    cancel(job);

    try (var stream = follow(EVENTS, last)) {
      var told = stream.await(one -> one.path("job_id").asText().equals(job));
      assertThat(told.path("status").asText()).isEqualTo("cancelled");
    }
  }

  @Test
  void aLongPollIsAnsweredWhenTheVersionIsAnother() {
    var job = submit("delete-rooms", "!d:chat.example");
    long version = show(job).path("version").asLong();

    var call = poll(job, "?wait=60&since=" + version);
    await().until(() -> following() >= 1);
    move(job, "scheduled", "active");

    var changed = call.join().json();
    assertThat(changed.path("status").asText()).isEqualTo("active");
    assertThat(changed.path("version").asLong()).isGreaterThan(version);
    assertThat(poll(job, "?wait=60&since=" + version).join().json()).isEqualTo(changed);
    assertThat(poll(job, "?wait=1").join().json().path("version"))
        .isEqualTo(changed.path("version"));
    assertThat(gateway.admin().get(JOBS + "/" + UUID.randomUUID() + "?wait=60").outcome())
        .isEqualTo("404 M_NOT_FOUND");
    assertThat(gateway.admin().get(JOBS + "/" + job + "?wait=x").outcome())
        .isEqualTo("400 M_INVALID_PARAM");
    cancel(job);
    assertThat(poll(job, "?wait=60").join().status()).isEqualTo(200);
    await().until(() -> following() == 0);
  }

  /** By a hand in the database, as another gateway or a verb does it. */
  @Test
  void allThatRunsWithATokenEndsAtOnceWhenItIsRevoked() {
    var job = submit("delete-rooms", "!e:chat.example");
    var mine = new Client(gateway.port(), token);
    try (var stream = follow(EVENTS, null);
        var other = OpenStream.of(gateway, Seed.OPERATOR_TOKEN, EVENTS, null)) {
      var poll = poll(job, "?wait=60");
      var wait =
          CompletableFuture.supplyAsync(
              () ->
                  mine.with("Prefer: wait=60")
                      .delete("/_synapse/admin/v1/rooms/" + Seed.ROOM, "{}"));
      await().until(() -> following() == 3 && metric("bailiff_waiting_calls") == 1);

      assertThat(new OperatorTokens(gateway.jdbi()).revoke(OperatorTokens.id(token))).hasSize(1);

      assertThat(stream.awaitEnd()).isEqualTo("whole");
      assertThat(poll.join().outcome()).isEqualTo("401 M_UNKNOWN_TOKEN");
      assertThat(wait.join().outcome()).isEqualTo("401 M_UNKNOWN_TOKEN");
      await().until(() -> following() == 1);
      assertThat(other.hasEnded()).isFalse();
    }
  }

  @Test
  void aRevocationIsFoundAlthoughTheListenerWasCutOff() {
    try (var stream = follow(EVENTS, null)) {
      gateway
          .jdbi()
          .useTransaction(
              handle -> {
                // The trigger tells at the commit. By then nobody listens.
                handle.execute(
                    "delete from access.operator_token where name = 'one' and left(encode(token_sha256, 'hex'), 16) = ?",
                    OperatorTokens.id(token));
                handle
                    .createQuery(
                        "select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = 'bailiff-revocations'"
                            + " and datname = current_database()")
                    .mapTo(Boolean.class)
                    .list();
              });

      assertThat(stream.awaitEnd()).isEqualTo("whole");
    }
  }

  @Test
  void noMoreThanSoManyAreOpenWithOneToken() {
    try (var one = follow(EVENTS, null);
        var two = follow(EVENTS, null);
        var three = follow(EVENTS, null)) {
      var refused = new Client(gateway.port(), token).get(EVENTS);
      assertThat(refused.outcome()).isEqualTo("429 M_LIMIT_EXCEEDED");
      assertThat(refused.headers().get("Retry-After")).isEqualTo("5");
      assertThat(one.status() + two.status() + three.status()).isEqualTo(600);
      try (var others = OpenStream.of(gateway, Seed.ADMIN_TOKEN, EVENTS, null)) {
        assertThat(others.status()).isEqualTo(200);
      }
    }
  }

  private OpenStream follow(String path, String lastEventId) {
    return OpenStream.of(gateway, token, path, lastEventId);
  }

  private CompletableFuture<Reply> poll(String job, String query) {
    var client = new Client(gateway.port(), token);
    return CompletableFuture.supplyAsync(() -> client.get(JOBS + "/" + job + query));
  }

  private static long following() {
    return metric("bailiff_following_calls");
  }

  private static long metric(String name) {
    return new Client(gateway.adminPort(), null)
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(name.length() + 1)))
        .sum();
  }

  private static JsonNode show(String job) {
    return gateway.admin().get(JOBS + "/" + job).json();
  }

  private static String submit(String kind, String target) {
    return gateway
        .admin()
        .post(
            JOBS,
            "{\"kind\": \"%s\", \"targets\": [\"%s\"], \"reason\": \"spam\"}"
                .formatted(kind, target))
        .json()
        .path("job_id")
        .asText();
  }

  private static void cancel(String job) {
    gateway.admin().post(JOBS + "/" + job + "/cancel", "");
  }

  /** What a worker does to the status. */
  private static void move(String job, String from, String to) {
    gateway
        .jdbi()
        .useTransaction(
            handle -> {
              handle.execute(
                  """
                  update jobs.job set status = ?, started_at = coalesce(started_at, now()), changed_at = now(),
                         finalized_at = case when ? = 'completed' then now() end
                   where job_id = ?
                  """,
                  to,
                  to,
                  UUID.fromString(job));
              handle.execute(
                  "insert into jobs.transition (job_id, from_status, to_status) values (?, ?, ?)",
                  UUID.fromString(job),
                  from,
                  to);
            });
  }

  private static JobEvent progress(String job) {
    return new JobEvent(
        1, "progress", null, UUID.fromString(job), "delete-rooms", null, null, 1, Instant.now());
  }
}
