package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bailiff.gateway.Reply;
import dev.bailiff.job.JobId;
import dev.bailiff.testing.job.JobRows;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Deactivates a user; the tests of the worker check the job's effects. */
@Section("4.7")
class DeactivationIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static final String DEACTIVATE = "/_synapse/admin/v1/deactivate/";

  private static Reply deactivate(String user, String body) {
    return gateway.admin().with("Prefer: respond-async").post(DEACTIVATE + user, body);
  }

  private static String erase(Reply reply) {
    return gateway.value(
        "select kind || ' ' || (parameters ->> 'erase') from jobs.job where job_id = ?::uuid",
        reply.headers().get("Bailiff-Job"));
  }

  @Test
  void deactivationIsAJobThatErasesOnlyIfAskedTo() {
    var user = gateway.newUser("deactivated");

    assertThat(erase(deactivate(user, ""))).isEqualTo("deactivate-users false");
    assertThat(erase(deactivate(user, "{}"))).isEqualTo("deactivate-users false");
    assertThat(erase(deactivate(user, "{\"erase\": true}"))).isEqualTo("deactivate-users true");
  }

  @Test
  void callIsAnsweredWhenTheAccountIsClosedThoughRoomsAreLeftStill() {
    var user = gateway.newUser("deactivated");
    var call = CompletableFuture.supplyAsync(() -> gateway.admin().post(DEACTIVATE + user, "{}"));
    var job =
        await()
            .atMost(Duration.ofSeconds(20))
            .until(
                () -> gateway.value("select job_id from jobs.target where target = ?", user),
                id -> id != null);
    var rows = new JobRows(gateway.jdbi());
    rows.activate(new JobId(UUID.fromString(job)));
    rows.fact(new JobId(UUID.fromString(job)), "id_server_unbind_result", "no-support");
    rows.stage(new JobId(UUID.fromString(job)), 1, "close-account", true);
    rows.stage(new JobId(UUID.fromString(job)), 2, "leave-rooms", false);

    assertThat(call.join().body()).isEqualTo("{\"id_server_unbind_result\":\"no-support\"}");
    assertThat(gateway.value("select status from jobs.job where job_id = ?::uuid", job))
        .isEqualTo("active");
  }

  @Test
  void repetitionOnADeactivatedUserIsAccepted() {
    var user = gateway.newUser("deactivated");
    gateway.execute("update homeserver.account set deactivated = true where user_id = ?", user);

    assertThat(deactivate(user, "{\"erase\": true}").status()).isEqualTo(202);
  }

  @Test
  void adminsDoNotDeactivateThemselves() {
    var admin = gateway.newUser("deactivated");
    gateway.execute("update homeserver.account set admin = true where user_id = ?", admin);

    assertThat(
            gateway
                .with(gateway.newToken(admin, null))
                .with("Prefer: respond-async")
                .post(DEACTIVATE + admin, "{}")
                .outcome())
        .as("Synapse would; guard.adminApi.ownAccount is the key")
        .isEqualTo("403 M_FORBIDDEN");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "nonsense; {; 400 M_INVALID_PARAM",
        "@ada:other.example; {; 400 M_UNKNOWN",
        "@nobody:chat.example; {; 404 M_NOT_FOUND",
        "@dina:chat.example; {; 400 M_NOT_JSON",
        "@dina:chat.example; []; 400 M_BAD_JSON",
        "@dina:chat.example; {\"erase\": \"False\"}; 400 M_BAD_JSON",
        "@dina:chat.example; {\"erase\": null}; 400 M_BAD_JSON",
        "@dina:chat.example; {\"erase\": 0}; 400 M_BAD_JSON"
      })
  void badInputIsRefusedInThisOrderAndLeavesNoJob(String id, String body, String outcome) {
    var jobs = gateway.value("select count(*) from jobs.job");

    assertThat(deactivate(id, body).outcome()).isEqualTo(outcome);
    assertThat(gateway.value("select count(*) from jobs.job")).isEqualTo(jobs);
  }

  @Test
  void errorSaysWhatTheOriginalSays() {
    assertThat(deactivate("@ada:other.example", "{}").json().path("error").asText())
        .isEqualTo("Can only deactivate local users");
  }

  @Test
  void onlyAdminsDeactivate() {
    assertThat(gateway.strangers("POST", DEACTIVATE + "x")).isEqualTo(CommunityGateway.REFUSED);
  }
}
