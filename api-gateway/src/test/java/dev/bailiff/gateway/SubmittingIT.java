package dev.bailiff.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.job.JobFilter;
import dev.bailiff.job.JobId;
import dev.bailiff.testing.job.JobRows;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs that calls of the admin API submit without waiting: 4.34, 4.35. */
class SubmittingIT {
  @RegisterExtension static final RunningGateway gateway = RunningGateway.with();

  private static final String REDACT = "/_synapse/admin/v1/user/@ann:chat.example/redact";
  private static final String REDACT_STATUS = "/_synapse/admin/v1/user/redact_status/";
  private static final String DELETE = "/_synapse/admin/v2/rooms/";
  private static final String DELETE_STATUS = "/_synapse/admin/v2/rooms/delete_status/";

  private JobRows rows;

  @BeforeEach
  void noJobs() {
    rows = new JobRows(gateway.jdbi());
    gateway.jdbi().useHandle(handle -> handle.execute("delete from jobs.job"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "''; 400 M_NOT_JSON",
        "{}; 400 M_MISSING_PARAM",
        "{\"limit\": \"1\"}; 400 M_BAD_JSON",
        "{\"rooms\": null}; 400 M_BAD_JSON",
        "{\"rooms\": [1]}; 400 M_BAD_JSON",
        "{\"rooms\": [], \"reason\": 1}; 400 M_BAD_JSON",
        "{\"rooms\": [], \"reason\": \"\\u0000\"}; 400 M_BAD_JSON",
        "{\"rooms\": [], \"limit\": 10.0}; 400 M_BAD_JSON",
        "{\"rooms\": [], \"limit\": true}; 400 M_BAD_JSON",
        "{\"rooms\": [], \"limit\": 99999999999999999999}; 400 M_BAD_JSON",
        "{\"rooms\": [], \"limit\": -1}; 400 M_UNKNOWN",
        "{\"rooms\": [], \"use_admin\": 1}; 400 M_BAD_JSON",
        "{\"rooms\": [], \"after_ts\": \"1\"}; 400 M_BAD_JSON"
      })
  void redactionRefusesWhatIsWrong(String body, String outcome) {
    assertThat(gateway.admin().post(REDACT, body).outcome()).isEqualTo(outcome);
    assertThat(gateway.store().lists().list(JobFilter.ALL, null, 1)).isEmpty();
  }

  @Test
  void roomsThatAreMeantAreFixedWhenTheJobIsAccepted() {
    var reply =
        gateway.admin().post(REDACT, "{\"rooms\": [], \"limit\": null, \"use_admin\": null}");

    assertThat(reply.status()).isEqualTo(200);
    List<String> rooms =
        gateway
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery("select item from jobs.target_item where list = 'rooms'")
                        .mapTo(String.class)
                        .list());
    assertThat(rooms).containsExactly(Seed.ROOM);
  }

  @Test
  void secondRedactionOfAUserIsRefusedUntilTheFirstHasEnded() {
    var first = gateway.admin().post(REDACT, "{\"rooms\": []}");
    var second = gateway.admin().post(REDACT, "{\"rooms\": []}");
    rows.complete(job(first.json().path("redact_id").asText()));

    assertThat(second.outcome()).isEqualTo("400 M_UNKNOWN");
    assertThat(gateway.admin().post(REDACT, "{\"rooms\": []}").status()).isEqualTo(200);
    assertThat(
            gateway
                .admin()
                .post("/_synapse/admin/v1/user/@x:away.example/redact", "{\"rooms\": []}")
                .status())
        .isEqualTo(200);
  }

  @Test
  void redactStatusAlwaysHasAnObjectOfFailures() {
    var id = gateway.admin().post(REDACT, "{\"rooms\": []}").json().path("redact_id").asText();

    assertThat(status(id)).isEqualTo("{\"status\":\"scheduled\",\"failed_redactions\":{}}");
    rows.activate(job(id));
    rows.failure(job(id), "$event", "no power");
    assertThat(status(id))
        .isEqualTo("{\"status\":\"active\",\"failed_redactions\":{\"$event\":\"no power\"}}");
    rows.complete(job(id));
    assertThat(status(id))
        .isEqualTo("{\"status\":\"completed\",\"failed_redactions\":{\"$event\":\"no power\"}}");
  }

  @Test
  void failedRedactionSaysWhy() {
    var id = gateway.admin().post(REDACT, "{\"rooms\": []}").json().path("redact_id").asText();
    rows.fail(job(id), 404, "M_NOT_FOUND", "unknown room");

    assertThat(status(id))
        .isEqualTo(
            "{\"status\":\"failed\",\"error\":\"404: unknown room\",\"failed_redactions\":{}}");
  }

  @Test
  void idOfAnotherKindIsUnknown() {
    var redaction =
        gateway.admin().post(REDACT, "{\"rooms\": []}").json().path("redact_id").asText();
    var deletion =
        gateway.admin().delete(DELETE + Seed.ROOM, "{}").json().path("delete_id").asText();

    assertThat(gateway.admin().get(DELETE_STATUS + redaction).outcome())
        .isEqualTo("404 M_NOT_FOUND");
    assertThat(gateway.admin().get(REDACT_STATUS + deletion).outcome())
        .isEqualTo("404 M_NOT_FOUND");
    assertThat(gateway.admin().get(REDACT_STATUS).outcome()).isEqualTo("404 M_NOT_FOUND");
  }

  private static String status(String id) {
    return gateway.admin().get(REDACT_STATUS + id).body();
  }

  private static JobId job(String id) {
    return JobId.parse(id).orElseThrow();
  }
}
