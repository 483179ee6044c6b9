package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.gateway.Reply;
import dev.bailiff.job.JobId;
import dev.bailiff.testing.job.JobRows;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Redacts the events of a user; the tests of the worker check the job's effects. */
@Section({"4.34", "4.35"})
class UserRedactionIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static final String STATUS = "/_synapse/admin/v1/user/redact_status/";

  private static Reply redact(String user, String body) {
    return gateway.admin().post("/_synapse/admin/v1/user/" + user + "/redact", body);
  }

  private static JobId job(String user, String body) {
    return new JobId(UUID.fromString(redact(user, body).json().path("redact_id").asText()));
  }

  private static String status(JobId job) {
    return gateway.admin().get(STATUS + job).body();
  }

  @Test
  void statusFollowsTheJobWithItsFailures() {
    var job = job(gateway.newUser("redacted"), "{\"rooms\": [\"!r:chat.example\"]}");
    var rows = new JobRows(gateway.jdbi());

    assertThat(status(job)).isEqualTo("{\"status\":\"scheduled\",\"failed_redactions\":{}}");
    rows.activate(job);
    rows.failure(job, "$event", "no power");
    assertThat(status(job))
        .isEqualTo("{\"status\":\"active\",\"failed_redactions\":{\"$event\":\"no power\"}}");
    rows.complete(job);
    assertThat(status(job))
        .isEqualTo("{\"status\":\"completed\",\"failed_redactions\":{\"$event\":\"no power\"}}");
  }

  @Test
  @Section("4.35")
  void failedJobTellsItsError() {
    var job = job(gateway.newUser("redacted"), "{\"rooms\": [\"!r:chat.example\"]}");
    new JobRows(gateway.jdbi()).fail(job, 404, "M_NOT_FOUND", "no such room");

    assertThat(status(job))
        .isEqualTo(
            "{\"status\":\"failed\",\"error\":\"404: no such room\",\"failed_redactions\":{}}");
  }

  @Test
  @Section("4.34")
  void allParametersReachTheJob() {
    var job =
        job(
            gateway.newUser("redacted"),
            "{\"rooms\": [\"!r:chat.example\"], \"reason\": \"spam\", \"limit\": 5, \"use_admin\": true, \"after_ts\": 1, \"before_ts\": 2}");

    assertThat(
            gateway.value(
                "select (parameters - 'rooms')::text from jobs.job where job_id = ?", job.value()))
        .contains(
            "\"reason\": \"spam\"",
            "\"limit\": 5",
            "\"use_admin\": true",
            "\"after_ts\": 1",
            "\"before_ts\": 2");
  }

  @Test
  @Section("4.34")
  void secondJobForTheSameUserIsRefusedUntilTheFirstHasEnded() {
    var user = gateway.newUser("redacted");
    var first = job(user, "{\"rooms\": [\"!r:chat.example\"]}");

    assertThat(redact(user, "{\"rooms\": []}").outcome()).isEqualTo("400 M_UNKNOWN");
    new JobRows(gateway.jdbi()).complete(first);
    assertThat(redact(user, "{\"rooms\": [\"!r:chat.example\"]}").outcome()).isEqualTo("200");
  }

  @Test
  @Section("4.34")
  void unknownAndRemoteUsersAreRedactedToo() {
    assertThat(
            redact("@" + gateway.newName("nobody") + ":chat.example", "{\"rooms\": []}").outcome())
        .isEqualTo("200");
    assertThat(redact("@" + gateway.newName("far") + ":other.example", "{\"rooms\": []}").outcome())
        .isEqualTo("200");
  }

  @ParameterizedTest
  @Section("4.34")
  @CsvSource(
      delimiter = ';',
      value = {
        "nonsense; {; 400 M_INVALID_PARAM",
        "@x:chat.example; ''; 400 M_NOT_JSON",
        "@x:chat.example; []; 400 M_BAD_JSON",
        "@x:chat.example; {}; 400 M_MISSING_PARAM",
        "@x:chat.example; {\"limit\": 1}; 400 M_MISSING_PARAM",
        "@x:chat.example; {\"limit\": \"1\"}; 400 M_BAD_JSON",
        "@x:chat.example; {\"rooms\": null}; 400 M_BAD_JSON",
        "@x:chat.example; {\"rooms\": \"x\"}; 400 M_BAD_JSON",
        "@x:chat.example; {\"rooms\": [1]}; 400 M_BAD_JSON",
        "@x:chat.example; {\"rooms\": [], \"reason\": 1}; 400 M_BAD_JSON",
        "@x:chat.example; {\"rooms\": [], \"limit\": 1.0}; 400 M_BAD_JSON",
        "@x:chat.example; {\"rooms\": [], \"limit\": true}; 400 M_BAD_JSON",
        "@x:chat.example; {\"rooms\": [], \"use_admin\": 1}; 400 M_BAD_JSON",
        "@x:chat.example; {\"rooms\": [], \"after_ts\": \"1\"}; 400 M_BAD_JSON",
        "@x:chat.example; {\"rooms\": [], \"before_ts\": false}; 400 M_BAD_JSON",
        "@x:chat.example; {\"rooms\": [], \"limit\": -1}; 400 M_UNKNOWN",
        "@x:chat.example; {\"rooms\": [], \"reason\": \"a\\u0000\"}; 400 M_BAD_JSON"
      })
  void badInputIsRefusedInThisOrderAndLeavesNoJob(String id, String body, String outcome) {
    var jobs = gateway.value("select count(*) from jobs.job");

    assertThat(redact(id, body).outcome()).isEqualTo(outcome);
    assertThat(gateway.value("select count(*) from jobs.job")).isEqualTo(jobs);
  }

  @Test
  @Section("4.35")
  void unknownIdsAndJobsOfOtherKindsAreNotFound() {
    var other =
        gateway
            .admin()
            .with("Prefer: respond-async")
            .post("/_synapse/admin/v1/deactivate/" + gateway.newUser("redacted"), "{}")
            .headers()
            .get("Bailiff-Job");

    for (var id : List.of("nonsense", "", UUID.randomUUID().toString(), other)) {
      assertThat(gateway.admin().get(STATUS + id).outcome()).isEqualTo("404 M_NOT_FOUND");
    }
  }

  @Test
  void onlyAdminsRedact() {
    assertThat(gateway.strangers("POST", "/_synapse/admin/v1/user/x/redact"))
        .isEqualTo(CommunityGateway.REFUSED);
    assertThat(gateway.strangers("GET", STATUS + "x")).isEqualTo(CommunityGateway.REFUSED);
  }
}
