package dev.bailiff.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of a job after its submission. No worker runs here. */
class JobControlIT {
  @RegisterExtension static final RunningGateway gateway = RunningGateway.with();

  private static final String JOBS = "/_bailiff/v1/jobs";
  private static final String ONE =
      "{\"kind\": \"deactivate-users\", \"targets\": [\"@a:chat.example\"]%s}";

  @BeforeEach
  void noJobs() {
    gateway.jdbi().useHandle(handle -> handle.execute("delete from jobs.job"));
  }

  @Test
  void aJobIsPausedAndGoesOn() {
    var job = submit("");

    var paused = gateway.admin().post(JOBS + "/" + job + "/pause", "");
    assertThat(paused.body()).isEqualTo("{\"job_id\":\"" + job + "\",\"status\":\"paused\"}");
    assertThat(gateway.admin().post(JOBS + "/" + job + "/pause", "").body())
        .isEqualTo(paused.body());
    assertThat(show(job).path("status").asText()).isEqualTo("paused");
    assertThat(ids("?status=paused")).containsExactly(job);

    var resumed = gateway.admin().post(JOBS + "/" + job + "/resume", "");
    assertThat(resumed.json().path("status").asText()).isEqualTo("scheduled");
    assertThat(gateway.admin().post(JOBS + "/" + job + "/resume", "").body())
        .isEqualTo(resumed.body());
  }

  @Test
  void anEndedJobIsNeitherPausedNorResumedNorChanged() {
    var job = cancelled();

    assertThat(gateway.admin().post(JOBS + "/" + job + "/pause", "").json().path("error").asText())
        .isEqualTo("The job cannot be paused, as it is cancelled");
    assertThat(gateway.admin().post(JOBS + "/" + job + "/resume", "").outcome())
        .isEqualTo("409 M_UNKNOWN");
    assertThat(gateway.admin().patch(JOBS + "/" + job, "{\"priority\": 5}").outcome())
        .isEqualTo("409 M_UNKNOWN");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/pause", "/resume", "/retry", "/cancel"})
  void aJobThatIsNotKnownIsNotFound(String call) {
    assertThat(
            gateway
                .admin()
                .post(JOBS + "/5c8b8f0e-7a3d-4c58-8f3a-111111111111" + call, "")
                .outcome())
        .isEqualTo("404 M_NOT_FOUND");
    assertThat(gateway.admin().post(JOBS + "/none" + call, "").outcome())
        .isEqualTo("404 M_NOT_FOUND");
  }

  @Test
  void priorityAndRateAreChanged() {
    var job = submit(", \"priority\": 2, \"max_rate\": 50");
    assertThat(show(job).path("priority").intValue()).isEqualTo(2);
    assertThat(show(job).path("max_rate").intValue()).isEqualTo(50);

    var changed = gateway.admin().patch(JOBS + "/" + job, "{\"priority\": 5}").json();
    assertThat(changed.path("priority").intValue()).isEqualTo(5);
    assertThat(changed.path("max_rate").intValue()).isEqualTo(50);
    var unbound = gateway.admin().patch(JOBS + "/" + job, "{\"max_rate\": null}").json();
    assertThat(unbound.path("max_rate").isNull()).isTrue();
    assertThat(unbound.path("priority").intValue()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "''; 400 M_NOT_JSON",
        "{}; 400 M_MISSING_PARAM",
        "{\"priority\": 0}; 400 M_INVALID_PARAM",
        "{\"priority\": 2.5}; 400 M_INVALID_PARAM",
        "{\"priority\": \"5\"}; 400 M_BAD_JSON",
        "{\"max_rate\": 0}; 400 M_INVALID_PARAM",
        "{\"reason\": \"spam\"}; 400 M_INVALID_PARAM"
      })
  void aChangeThatMeansNothingIsRefused(String body, String outcome) {
    assertThat(gateway.admin().patch(JOBS + "/" + submit(""), body).outcome()).isEqualTo(outcome);
  }

  @Test
  void anEndedJobHasOneRetryWithItsTerms() {
    var job = submit(", \"reason\": \"spam\", \"reference\": \"MOD-112\", \"priority\": 4");
    assertThat(gateway.admin().post(JOBS + "/" + job + "/retry", "").outcome())
        .as("it has not ended")
        .isEqualTo("409 M_UNKNOWN");
    gateway.admin().post(JOBS + "/" + job + "/cancel", "");

    var reply = gateway.admin().post(JOBS + "/" + job + "/retry", "{\"reason\": \"again\"}");

    assertThat(reply.status()).isEqualTo(202);
    var retry = reply.json().path("job_id").asText();
    assertThat(reply.headers()).containsEntry("Location", JOBS + "/" + retry);
    var shown = show(retry);
    assertThat(shown.path("retry_of").asText()).isEqualTo(job);
    assertThat(shown.path("reason").asText()).isEqualTo("again");
    assertThat(shown.path("reference").asText()).isEqualTo("MOD-112");
    assertThat(shown.path("priority").intValue()).isEqualTo(4);
    assertThat(gateway.admin().post(JOBS + "/" + job + "/retry", "").json().path("job_id").asText())
        .isEqualTo(retry);
    assertThat(gateway.admin().post(JOBS + "/" + job + "/retry", "{\"kind\": \"x\"}").outcome())
        .isEqualTo("400 M_INVALID_PARAM");
  }

  @Test
  void anEndedJobIsDeletedFromTheHistory() {
    var job = submit("");
    assertThat(gateway.admin().delete(JOBS + "/" + job).outcome()).isEqualTo("409 M_UNKNOWN");
    gateway.admin().post(JOBS + "/" + job + "/cancel", "");

    assertThat(gateway.admin().delete(JOBS + "/" + job).body()).isEqualTo("{}");

    assertThat(gateway.admin().delete(JOBS + "/" + job).status()).isEqualTo(200);
    assertThat(gateway.admin().get(JOBS + "/" + job).outcome()).isEqualTo("404 M_NOT_FOUND");
    assertThat(ids("")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"on_failure\": \"stop\"; stop; 1",
        "\"on_failure\": \"stop\", \"stop_after_failures\": 100; stop; 100",
        "\"stop_after_failures\": 7; stop; 7",
        "\"on_failure\": \"continue\"; continue; ",
        "\"on_failure\": null; continue; "
      })
  void whatFailuresDoIsShown(String given, String onFailure, Integer after) {
    var job = show(submit(", " + given));

    assertThat(job.path("on_failure").asText()).isEqualTo(onFailure);
    assertThat(
            job.path("stop_after_failures").isNull()
                ? null
                : job.path("stop_after_failures").asInt())
        .isEqualTo(after);
  }

  private String cancelled() {
    var job = submit("");
    gateway.admin().post(JOBS + "/" + job + "/cancel", "");
    return job;
  }

  private String submit(String more) {
    return gateway.admin().post(JOBS, ONE.formatted(more)).json().path("job_id").asText();
  }

  private JsonNode show(String job) {
    return gateway.admin().get(JOBS + "/" + job).json();
  }

  private List<String> ids(String query) {
    return gateway.admin().get(JOBS + query).json().path("jobs").findValuesAsText("job_id");
  }
}
