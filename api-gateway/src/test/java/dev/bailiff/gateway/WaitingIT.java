package dev.bailiff.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bailiff.job.JobFilter;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobStatus;
import dev.bailiff.testing.job.JobRows;
import io.dropwizard.testing.ConfigOverride;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Calls that wait for their job, and how they end. */
class WaitingIT {
  // Jetty would cut a connection that is idle for a second. A connection that waits for its reply
  // is not idle.
  @RegisterExtension
  static final RunningGateway gateway =
      RunningGateway.with(
          ConfigOverride.config("server.applicationConnectors[0].idleTimeout", "1s"));

  private static final String ROOM = "/_synapse/admin/v1/rooms/" + Seed.ROOM;
  private static final String DEACTIVATE = "/_synapse/admin/v1/deactivate/@ann:chat.example";

  private JobRows jobs;

  @BeforeEach
  void noJobs() {
    jobs = new JobRows(gateway.jdbi());
    gateway.jdbi().useHandle(handle -> handle.execute("delete from jobs.job"));
  }

  @Test
  void respondAsyncIsAnsweredAtOnceWithAllKeysOfTheBody() {
    var reply = gateway.admin().with("Prefer: respond-async").delete(ROOM, "{}");

    var job = reply.json().path("job_id").asText();
    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.headers())
        .containsEntry("Location", "/_bailiff/v1/jobs/" + job)
        .containsEntry("Bailiff-Job", job);
    assertThat(reply.body())
        .isEqualTo(
            """
            {"kicked_users":[],"failed_to_kick_users":[],"local_aliases":[],"new_room_id":null,"job_id":"%s","status":"scheduled"}\
            """
                .formatted(job));
    assertThat(gateway.admin().get(reply.headers().get("Location")).status()).isEqualTo(200);
  }

  @Test
  void endOfTheJobIsTheReply() {
    var call = call(() -> gateway.admin().delete(ROOM, "{}"));
    var job = submitted();
    jobs.activate(job);
    jobs.replyItem(job, 0, "kicked_users", "@ann:chat.example");
    jobs.replyItem(job, 0, "local_aliases", "#a:chat.example");
    jobs.fact(job, "new_room_id", "!new:chat.example");

    jobs.complete(job);

    var reply = call.join();
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers()).containsEntry("Bailiff-Job", job.toString());
    assertThat(reply.body())
        .isEqualTo(
            """
            {"kicked_users":["@ann:chat.example"],"failed_to_kick_users":[],"local_aliases":["#a:chat.example"],\
            "new_room_id":"!new:chat.example"}\
            """);
  }

  @Test
  void purgeAnswersAnEmptyObject() {
    var call =
        call(
            () ->
                gateway
                    .admin()
                    .post("/_synapse/admin/v1/purge_room", "{\"room_id\": \"" + Seed.ROOM + "\"}"));
    jobs.complete(submitted());

    assertThat(call.join().body()).isEqualTo("{}");
  }

  @Test
  void failedJobGivesItsOwnError() {
    var call = call(() -> gateway.admin().post(ROOM + "/delete", "{}"));
    var job = submitted();
    jobs.fail(job, 404, "M_NOT_FOUND", "no such room");

    var reply = call.join();

    assertThat(reply.outcome()).isEqualTo("404 M_NOT_FOUND");
    assertThat(reply.json().path("error").asText()).isEqualTo("no such room");
    assertThat(reply.headers()).containsEntry("Bailiff-Job", job.toString());
  }

  @Test
  void cancelledJobIsAConflict() {
    var call = call(() -> gateway.admin().delete(ROOM, "{}"));
    var job = submitted();

    var cancelled = gateway.admin().post("/_bailiff/v1/jobs/" + job + "/cancel", "");

    assertThat(cancelled.json().path("status").asText()).isEqualTo("cancelled");
    assertThat(call.join().outcome()).isEqualTo("409 M_UNKNOWN");
  }

  @Test
  void patienceOfTheClientCountsAndWhatIsKnownIsTold() {
    var call = call(() -> gateway.admin().with("Prefer: wait=3").delete(ROOM, "{}"));
    var job = submitted();
    jobs.activate(job);
    jobs.replyItem(job, 0, "kicked_users", "@ann:chat.example");

    var reply = call.join();

    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.json().path("kicked_users").path(0).asText()).isEqualTo("@ann:chat.example");
    assertThat(reply.json().path("status").asText()).isEqualTo("active");
  }

  @Test
  void deactivationAnswersWhenTheAccountIsClosed() {
    var call = call(() -> gateway.admin().post(DEACTIVATE, ""));
    var job = submitted();
    jobs.activate(job);
    jobs.fact(job, "id_server_unbind_result", "no-support");
    jobs.stage(job, 1, "close-account", true);
    jobs.stage(job, 2, "leave-rooms", false);

    var reply = call.join();

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo("{\"id_server_unbind_result\":\"no-support\"}");
    assertThat(gateway.store().reader().find(job).orElseThrow().status())
        .isEqualTo(JobStatus.ACTIVE);
  }

  @Test
  void deactivationThatTakesLongHasTheKeyThatClientsRead() {
    var reply = gateway.admin().with("Prefer: wait=0").post(DEACTIVATE, "{\"erase\": true}");

    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.json().path("id_server_unbind_result").isNull()).isTrue();
    assertThat(reply.json().has("id_server_unbind_result")).isTrue();
    assertThat(
            gateway
                .admin()
                .get(reply.headers().get("Location"))
                .json()
                .path("parameters")
                .path("erase")
                .booleanValue())
        .isTrue();
  }

  @Test
  void userIsDeactivatedByModificationToo() {
    var path = "/_synapse/admin/v2/users/@ann:chat.example";
    var call =
        call(() -> gateway.admin().put(path, "{\"deactivated\": true, \"displayname\": \"Ann\"}"));
    var job = submitted();
    jobs.stage(job, 1, "close-account", true);

    var reply = call.join();

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("name").asText()).isEqualTo("@ann:chat.example");
    assertThat(reply.headers()).containsEntry("Bailiff-Job", job.toString());
    assertThat(
            gateway
                .admin()
                .with("Prefer: respond-async")
                .put(path, "{\"deactivated\": true}")
                .json()
                .has("displayname"))
        .isTrue();
    assertThat(
            gateway
                .admin()
                .put("/_synapse/admin/v2/users/@zoe:chat.example", "{\"deactivated\": true}")
                .headers())
        .doesNotContainKey("Bailiff-Job");
  }

  @Test
  void whatDeactivationRefusesLeavesNoJob() {
    var base = "/_synapse/admin/v1/deactivate/";

    assertThat(gateway.admin().post(base + "ann", "").outcome()).isEqualTo("400 M_INVALID_PARAM");
    assertThat(gateway.admin().post(base + "@a:other.example", "{").json().path("error").asText())
        .isEqualTo("Can only deactivate local users");
    assertThat(gateway.admin().post(base + "@nobody:chat.example", "{").outcome())
        .isEqualTo("404 M_NOT_FOUND");
    assertThat(gateway.admin().post(DEACTIVATE, "{").outcome()).isEqualTo("400 M_NOT_JSON");
    assertThat(gateway.admin().post(DEACTIVATE, "{\"erase\": \"False\"}").outcome())
        .isEqualTo("400 M_BAD_JSON");
    assertThat(gateway.store().lists().list(JobFilter.ALL, null, 1)).isEmpty();
  }

  @Test
  void clientThatGoesAwayStopsNothing() throws IOException {
    try (var socket = new Socket("127.0.0.1", gateway.port())) {
      var request =
          "DELETE %s HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\nContent-Length: 2\r\n\r\n{}"
              .formatted(ROOM, Seed.ADMIN_TOKEN);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      submitted();
    }

    var job = submitted();
    jobs.complete(job);

    assertThat(gateway.admin().get("/_bailiff/v1/jobs/" + job).json().path("status").asText())
        .isEqualTo("completed");
  }

  private static CompletableFuture<Reply> call(Supplier<Reply> request) {
    return CompletableFuture.supplyAsync(request);
  }

  /** The job of the call, as soon as it is stored. */
  private static JobId submitted() {
    return await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> gateway.store().lists().list(JobFilter.ALL, null, 1), jobs -> !jobs.isEmpty())
        .get(0)
        .id();
  }
}
