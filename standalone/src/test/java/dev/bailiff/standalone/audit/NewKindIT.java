package dev.bailiff.standalone.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bailiff.access.OperatorTokens;
import dev.bailiff.database.Database;
import dev.bailiff.secret.Sha256;
import dev.bailiff.standalone.fault.InProcessStack;
import dev.bailiff.standalone.fault.JobApi;
import dev.bailiff.standalone.fault.ServerAddresses;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.server.KafkaExtension;
import dev.bailiff.testing.server.PostgresExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.StreamSupport;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A kind that no class of Bailiff knows is submitted over HTTP, worked, and judged. */
class NewKindIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String JOBS = "/_bailiff/v1/jobs";
  private static final String SPAMMER = "@crypto-gain-01:chat.example";

  /** Stays in the rooms, whichever test comes first. */
  private static final String OTHER_SPAMMER = "@crypto-gain-02:chat.example";

  @RegisterExtension static final PostgresExtension postgres = Community.database();
  @RegisterExtension static final KafkaExtension kafka = KafkaExtension.shared();

  @TempDir Path folder;

  private final Jdbi jdbi = Database.jdbi(postgres.dataSource());

  @Test
  void aJobOfItIsAcceptedWorkedAndJudged() throws Exception {
    new OperatorTokens(jdbi).add("test", Sha256.of(JobApi.TOKEN));
    int rooms = rooms(SPAMMER);
    assertThat(rooms).isPositive();
    try (var stack = new InProcessStack(folder, servers(), 0)) {
      var api = new JobApi(stack.gatewayPort());
      api.awaitReady();

      assertThat(api.refusal(JOBS, body(0, "@ada:away.example")))
          .isEqualTo("400 M_FORBIDDEN the auditor must be our own");
      assertThat(api.refusal(JOBS, body(0, SPAMMER)))
          .isEqualTo("400 M_INVALID_PARAM nobody audits themselves");
      assertThat(api.refusal(JOBS, "{\"kind\": \"audit-rooms\", \"targets\": [\"@a:x\"]}"))
          .startsWith("400 M_INVALID_PARAM parameters: ");
      var job = JOBS + "/" + api.submit("audit", body(0, "@ada:chat.example"));
      // The meaning of the job is fixed by now.
      leaveAll(SPAMMER);
      stack.startWorker(folder, servers(), "late");

      await()
          .atMost(LIMIT)
          .untilAsserted(
              () -> assertThat(api.get(job).path("status").asText()).isEqualTo("completed"));
      assertThat(
              StreamSupport.stream(api.get(job).path("stages").spliterator(), false)
                  .map(stage -> stage.path("name").asText()))
          .as("what is left over is worked once more")
          .containsExactly("plan", "count", "verify", "count", "verify");
      assertThat(api.get(job).path("parameters").path("most_rooms").asInt(-1)).isZero();
      var targets = api.get(job + "/targets").path("targets");
      assertThat(targets).hasSize(3);
      assertThat(targets.get(0).path("target").asText()).isEqualTo(SPAMMER);
      assertThat(targets.get(0).path("verdict").asText()).isEqualTo("left-over");
      assertThat(targets.get(0).path("left_over").get(0).asText()).isEqualTo(rooms + " rooms");
      assertThat(targets.get(0).path("facts").path("rooms").asText()).isEqualTo("" + rooms);
      assertThat(targets.get(1).path("verdict").asText()).isEqualTo("gone");
      assertThat(targets.get(2).path("facts").path("rooms").asText()).isEqualTo("0");
    }
  }

  @Test
  void aDryRunOfItCountsWhatItSaysAndItsPlanIsRun() throws Exception {
    new OperatorTokens(jdbi).add("test", Sha256.of(JobApi.TOKEN));
    int rooms = rooms(OTHER_SPAMMER);
    try (var stack = new InProcessStack(folder, servers(), 1)) {
      var api = new JobApi(stack.gatewayPort());
      api.awaitReady();
      var dryRun =
          JOBS
              + "/"
              + api.submit(
                  "dry",
                  body(0, "@ada:chat.example")
                      .replace(SPAMMER, OTHER_SPAMMER)
                      .replace("\"reason\": \"audit\"", "\"dry_run\": true"));
      awaitCompleted(api, dryRun);

      var plan = api.get(dryRun + "/plan");

      assertThat(plan.path("targets").asInt()).isEqualTo(3);
      assertThat(plan.path("numbers").path("rooms").asInt()).isEqualTo(rooms);
      assertThat(plan.path("left_out").findValuesAsText("reason"))
          .containsExactly("is in no room", "is in no room");
      var run = JOBS + "/" + api.post(dryRun + "/run", "{}").path("job_id").asText();
      awaitCompleted(api, run);
      var worked = api.get(run + "/targets").path("targets");
      assertThat(worked.findValuesAsText("target")).containsExactly(OTHER_SPAMMER);
      assertThat(worked.get(0).path("facts").path("rooms").asText()).isEqualTo("" + rooms);
    }
  }

  private static void awaitCompleted(JobApi api, String job) {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> assertThat(api.get(job).path("status").asText()).isEqualTo("completed"));
  }

  private static String body(int mostRooms, String auditor) {
    return """
        {"kind": "audit-rooms", "targets": ["%s", "@nobody:chat.example", "@none:chat.example"],
         "reason": "audit", "parameters": {"most_rooms": %d, "auditor": "%s"}}"""
        .formatted(SPAMMER, mostRooms, auditor);
  }

  private static ServerAddresses servers() {
    return new ServerAddresses(
        postgres.jdbcUrl(),
        postgres.user(),
        postgres.password(),
        kafka.bootstrapServers(),
        kafka.prefix() + "newkind",
        ServerAddresses.Leases.SHORT);
  }

  private int rooms(String user) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select count(*) from homeserver.membership where user_id = :user and membership in ('join', 'ban')")
                .bind("user", user)
                .mapTo(Integer.class)
                .one());
  }

  private void leaveAll(String user) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update homeserver.membership set membership = 'leave' where user_id = ?", user));
  }
}
