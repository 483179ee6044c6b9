package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobView;
import dev.bailiff.job.store.JobPruning;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.homeserver.EventRow;
import dev.bailiff.testing.job.JobRows;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Purges the history of a room by a job, and shows the job's progress. */
@Section({"5.11", "5.12"})
class HistoryPurgeIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static final String PURGE = "/_synapse/admin/v1/purge_history/";
  private static final String STATUS = "/_synapse/admin/v1/purge_history_status/";
  private static final String DELETE = "/_synapse/admin/v2/rooms/";

  private static String room;

  private final JobRows rows = new JobRows(gateway.jdbi());

  @BeforeAll
  static void messages() {
    room = gateway.newRoom(Community.user("ada")).id();
    event("$early", room, 20, 2_000, "");
    event("$middle", room, 10, 3_000, "");
    event("$late", room, 30, 4_000, "");
    event("$detached", room, 90, 3_500, "outlier");
    event("$refused", room, 91, 3_600, "rejected");
    event("$elsewhere", gateway.newRoom(Community.user("ada")).id(), 40, 2_500, "");
  }

  @ParameterizedTest
  @Section("5.11")
  @CsvSource(
      delimiter = ';',
      value = {
        // JSON0
        "; ' '; 400 M_NOT_JSON",
        "; {; 400 M_NOT_JSON",
        "; []; 400 M_BAD_JSON",
        "/$nowhere; x; 400 M_NOT_JSON",
        // types, with any event
        "/$nowhere; {\"delete_local_events\": 1}; 400 M_BAD_JSON",
        "; {\"delete_local_events\": null}; 400 M_BAD_JSON",
        "; {\"purge_up_to_event_id\": 1}; 400 M_BAD_JSON",
        "; {\"purge_up_to_event_id\": \"\\u0000\"}; 400 M_BAD_JSON",
        // the event in the path, then the one in the body
        "/$nowhere; ''; 404 M_NOT_FOUND",
        "/; ''; 404 M_NOT_FOUND",
        "/%EF%BF%BD; ''; 404 M_NOT_FOUND",
        "/$refused; ''; 404 M_NOT_FOUND",
        "/$elsewhere; ''; 400 M_UNKNOWN",
        "/$nowhere; {\"purge_up_to_event_id\": \"$late\"}; 404 M_NOT_FOUND",
        "; {\"purge_up_to_event_id\": \"$elsewhere\"}; 400 M_UNKNOWN",
        "; {\"purge_up_to_event_id\": \"\", \"purge_up_to_ts\": 5000}; 404 M_NOT_FOUND",
        // the time
        "; {\"purge_up_to_ts\": \"5000\"}; 400 M_BAD_JSON",
        "; {\"purge_up_to_ts\": 5000.0}; 400 M_BAD_JSON",
        "; {\"purge_up_to_ts\": true}; 400 M_BAD_JSON",
        "; {\"purge_up_to_ts\": null}; 400 M_BAD_JSON",
        "; {\"purge_up_to_ts\": 99999999999999999999}; 400 M_BAD_JSON",
        "; {\"purge_up_to_ts\": 1}; 404 M_NOT_FOUND",
        "; {\"purge_up_to_ts\": -5}; 404 M_NOT_FOUND",
        // neither an event nor a time
        "; ''; 400 M_BAD_JSON",
        "; {\"purge_up_to_event_id\": null}; 400 M_BAD_JSON"
      })
  void badInputIsRefusedInThisOrderAndLeavesNoJob(String event, String body, String outcome) {
    var path = PURGE + room + (event == null ? "" : event);
    var jobs = gateway.value("select count(*) from jobs.job");

    assertThat(gateway.admin().post(path, body).outcome()).isEqualTo(outcome);
    assertThat(gateway.value("select count(*) from jobs.job")).isEqualTo(jobs);
  }

  @ParameterizedTest
  @Section("5.11")
  @ValueSource(strings = {"!unknown:chat.example", "nonsense", ""})
  void roomIsKnownByItsEventsAlone(String id) {
    assertThat(gateway.admin().post(PURGE + id, "{\"purge_up_to_ts\": 5000}").outcome())
        .isEqualTo("404 M_NOT_FOUND");
    assertThat(gateway.admin().post(PURGE + id + "/$late", "").outcome())
        .isEqualTo("400 M_UNKNOWN");
  }

  @Test
  void onlyAdminsPurgeHistoryAndLook() {
    assertThat(gateway.strangers("POST", PURGE + "nonsense")).isEqualTo(CommunityGateway.REFUSED);
    assertThat(gateway.strangers("POST", PURGE + "nonsense/x")).isEqualTo(CommunityGateway.REFUSED);
    assertThat(gateway.strangers("GET", STATUS + "x")).isEqualTo(CommunityGateway.REFUSED);
  }

  @Test
  void pathsEndWhereTheyEnd() {
    assertThat(gateway.admin().get(PURGE + room).outcome()).isEqualTo("405 M_UNRECOGNIZED");
    assertThat(gateway.admin().post(STATUS + "x", "").outcome()).isEqualTo("405 M_UNRECOGNIZED");
    assertThat(gateway.admin().post(PURGE + room + "/a/b", "").outcome())
        .isEqualTo("404 M_UNRECOGNIZED");
  }

  @Test
  @Section("5.11")
  void eventOfThePathCountsBeforeThatOfTheBodyAndTheTimeIsNotLookedAt() {
    var parameters =
        accepted(
            room + "/$middle", "{\"purge_up_to_event_id\": \"$late\", \"purge_up_to_ts\": \"x\"}");

    assertThat(parameters.path("purge_up_to_event_id").asText()).isEqualTo("$middle");
    assertThat(parameters.path("purge_up_to_depth").longValue()).isEqualTo(10);
    assertThat(parameters.path("delete_local_events").booleanValue()).isFalse();
  }

  @Test
  @Section("5.11")
  void eventOfTheBodyCountsBeforeTheTime() {
    var parameters =
        accepted(
            room,
            "{\"purge_up_to_event_id\": \"$late\", \"purge_up_to_ts\": null,"
                + " \"delete_local_events\": true}");

    assertThat(parameters.path("purge_up_to_depth").longValue()).isEqualTo(30);
    assertThat(parameters.path("delete_local_events").booleanValue()).isTrue();
  }

  @ParameterizedTest
  @Section("5.11")
  @CsvSource({"3000, 20", "3001, 10", "4000, 10", "9000, 30"})
  void timeMeansTheLastEventBeforeItThatIsInTheTimeline(long time, long depth) {
    var parameters = accepted(room, "{\"purge_up_to_ts\": " + time + "}");

    assertThat(parameters.path("purge_up_to_depth").longValue()).isEqualTo(depth);
  }

  @Test
  @Section("5.12")
  void statusHasNoWordForAJobThatHasNotBegun() {
    var id = purge();

    assertThat(status(id)).isEqualTo("{\"status\":\"active\"}");
    rows.activate(job(id));
    assertThat(status(id)).isEqualTo("{\"status\":\"active\"}");
    rows.complete(job(id));
    assertThat(status(id)).isEqualTo("{\"status\":\"complete\"}");
  }

  @Test
  @Section("5.12")
  void failedAndCancelledPurgesSayWhy() {
    var failed = purge();
    var cancelled = purge();
    rows.fail(job(failed), 400, "M_UNKNOWN", "one must remain");
    gateway.admin().post("/_bailiff/v1/jobs/" + cancelled + "/cancel", "");

    assertThat(status(failed))
        .isEqualTo("{\"status\":\"failed\",\"error\":\"400: one must remain\"}");
    assertThat(status(cancelled))
        .isEqualTo("{\"status\":\"failed\",\"error\":\"The job was cancelled\"}");
  }

  @Test
  @Section("5.12")
  void statusOfAnotherKindIsUnknown() {
    var other = gateway.newRoom(Community.user("ada")).id();
    var deletion = gateway.admin().delete(DELETE + other, "{}").json().path("delete_id").asText();

    for (var id : new String[] {deletion, "", "nonsense", "00000000-0000-0000-0000-000000000000"}) {
      assertThat(gateway.admin().get(STATUS + id).outcome()).isEqualTo("404 M_NOT_FOUND");
    }
    assertThat(gateway.admin().get(DELETE + "delete_status/" + purge()).outcome())
        .isEqualTo("404 M_NOT_FOUND");
  }

  @Test
  @Section("5.12")
  void statusIsUnknownSevenDaysAfterTheEnd() {
    var id = purge();
    rows.complete(job(id));
    gateway.execute(
        "update jobs.job set finalized_at = now() - interval '8 days' where job_id = ?",
        job(id).value());

    gateway
        .running()
        .store()
        .pruning()
        .page(JobStatus.COMPLETED, Duration.ofDays(7), JobPruning.START, 100);

    assertThat(gateway.admin().get(STATUS + id).outcome()).isEqualTo("404 M_NOT_FOUND");
  }

  @Test
  @Section("5.11")
  void purgeOfHistoryConflictsWithNothingAndDeletionsWithEachOther() {
    purge();
    purge();

    var deletion = gateway.admin().delete(DELETE + room, "{}");
    var second = gateway.admin().delete(DELETE + room, "{}");

    assertThat(deletion.status()).isEqualTo(200);
    assertThat(second.json().path("error").asText())
        .isEqualTo("Purge already in progress for " + room);
    assertThat(status(purge())).isEqualTo("{\"status\":\"active\"}");
  }

  private static JsonNode accepted(String path, String body) {
    var reply = gateway.admin().post(PURGE + path, body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    var id = reply.json().path("purge_id").asText();
    assertThat(reply.body()).isEqualTo("{\"purge_id\":\"" + id + "\"}");
    JobView job = gateway.running().store().reader().find(job(id)).orElseThrow();
    assertThat(job.kind().name()).isEqualTo("purge-history");
    assertThat(gateway.running().store().parts().targets(job.id(), -1, 2))
        .extracting(JobView.TargetView::target)
        .containsExactly(room);
    return job.parameters();
  }

  private static String purge() {
    return gateway.admin().post(PURGE + room + "/$middle", "").json().path("purge_id").asText();
  }

  private static String status(String id) {
    return gateway.admin().get(STATUS + id).body();
  }

  private static JobId job(String id) {
    return JobId.parse(id).orElseThrow();
  }

  private static void event(String id, String room, long depth, long at, String flag) {
    EventRow.message(room, "@ann:chat.example")
        .depth(depth)
        .at(at)
        .outlier(flag.equals("outlier"))
        .rejected(flag.equals("rejected"))
        .insert(gateway.jdbi(), id);
  }
}
