package dev.bailiff.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.job.JobFilter;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobView;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Purge history: 5.11, its status 5.12, and its conflicts, 2.3. */
class HistoryPurgeIT {
  @RegisterExtension static final RunningGateway gateway = RunningGateway.with();

  private static final String PURGE = "/_synapse/admin/v1/purge_history/";
  private static final String STATUS = "/_synapse/admin/v1/purge_history_status/";
  private static final String DELETE = "/_synapse/admin/v2/rooms/";

  private JobRows rows;

  @BeforeAll
  static void messages() {
    event("$early", Seed.ROOM, 20, 2_000, "");
    event("$middle", Seed.ROOM, 10, 3_000, "");
    event("$late", Seed.ROOM, 30, 4_000, "");
    event("$detached", Seed.ROOM, 90, 3_500, "outlier");
    event("$refused", Seed.ROOM, 91, 3_600, "rejected");
    event("$elsewhere", Seed.EMPTY_ROOM, 40, 2_500, "");
  }

  @BeforeEach
  void noJobs() {
    rows = new JobRows(gateway.jdbi());
    gateway.jdbi().useHandle(handle -> handle.execute("delete from jobs.job"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        // JSON0
        "; ' '; 400 M_NOT_JSON",
        "; {; 400 M_NOT_JSON",
        "; []; 400 M_BAD_JSON",
        "/$nowhere; x; 400 M_NOT_JSON",
        // types, whatever the event
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
        // none
        "; ''; 400 M_BAD_JSON",
        "; {\"purge_up_to_event_id\": null}; 400 M_BAD_JSON"
      })
  void whatIsWrongIsRefusedInOrder(String event, String body, String outcome) {
    var path = PURGE + Seed.ROOM + (event == null ? "" : event);

    assertThat(gateway.admin().post(path, body).outcome()).isEqualTo(outcome);
    assertThat(gateway.store().reader().list(JobFilter.ALL, null, 1)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"!unknown:chat.example", "nonsense", ""})
  void roomIsKnownByItsEventsAlone(String room) {
    assertThat(gateway.admin().post(PURGE + room, "{\"purge_up_to_ts\": 5000}").outcome())
        .isEqualTo("404 M_NOT_FOUND");
    assertThat(gateway.admin().post(PURGE + room + "/$late", "").outcome())
        .isEqualTo("400 M_UNKNOWN");
  }

  @Test
  void callerIsCheckedFirst() {
    var nobody = gateway.nobody().post(PURGE + Seed.ROOM, "x");
    var ann = new Client(gateway.port(), "ann-token").post(PURGE + Seed.ROOM, "x");

    assertThat(nobody.outcome()).isEqualTo("401 M_MISSING_TOKEN");
    assertThat(ann.outcome()).isEqualTo("403 M_FORBIDDEN");
    assertThat(gateway.nobody().get(STATUS + "x").outcome()).isEqualTo("401 M_MISSING_TOKEN");
    assertThat(gateway.admin().get(PURGE + Seed.ROOM).outcome()).isEqualTo("405 M_UNRECOGNIZED");
    assertThat(gateway.admin().post(STATUS + "x", "").outcome()).isEqualTo("405 M_UNRECOGNIZED");
    assertThat(gateway.admin().post(PURGE + Seed.ROOM + "/a/b", "").outcome())
        .isEqualTo("404 M_UNRECOGNIZED");
  }

  @Test
  void eventOfThePathCountsBeforeThatOfTheBodyAndTheTimeIsNotLookedAt() {
    var parameters =
        accepted(
            Seed.ROOM + "/$middle",
            "{\"purge_up_to_event_id\": \"$late\", \"purge_up_to_ts\": \"x\"}");

    assertThat(parameters.path("purge_up_to_event_id").asText()).isEqualTo("$middle");
    assertThat(parameters.path("purge_up_to_depth").longValue()).isEqualTo(10);
    assertThat(parameters.path("delete_local_events").booleanValue()).isFalse();
  }

  @Test
  void eventOfTheBodyCountsBeforeTheTime() {
    var parameters =
        accepted(
            Seed.ROOM,
            "{\"purge_up_to_event_id\": \"$late\", \"purge_up_to_ts\": null, \"delete_local_events\": true}");

    assertThat(parameters.path("purge_up_to_depth").longValue()).isEqualTo(30);
    assertThat(parameters.path("delete_local_events").booleanValue()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"3000, 20", "3001, 10", "4000, 10", "9000, 30"})
  void timeMeansTheLastEventBeforeItThatIsInTheTimeline(long time, long depth) {
    var parameters = accepted(Seed.ROOM, "{\"purge_up_to_ts\": " + time + "}");

    assertThat(parameters.path("purge_up_to_depth").longValue()).isEqualTo(depth);
  }

  @Test
  void statusHasNoWordForAJobThatHasNotBegun() {
    var id = purge();

    assertThat(status(id)).isEqualTo("{\"status\":\"active\"}");
    rows.activate(job(id));
    assertThat(status(id)).isEqualTo("{\"status\":\"active\"}");
    rows.complete(job(id));
    assertThat(status(id)).isEqualTo("{\"status\":\"complete\"}");
  }

  @Test
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
  void statusOfAnotherKindIsUnknown() {
    var deletion =
        gateway.admin().delete(DELETE + Seed.ROOM, "{}").json().path("delete_id").asText();

    for (var id : new String[] {deletion, "", "nonsense", "00000000-0000-0000-0000-000000000000"}) {
      assertThat(gateway.admin().get(STATUS + id).outcome()).isEqualTo("404 M_NOT_FOUND");
    }
    assertThat(gateway.admin().get(DELETE + "delete_status/" + purge()).outcome())
        .isEqualTo("404 M_NOT_FOUND");
  }

  @Test
  void purgeOfHistoryConflictsWithNothingAndDeletionsWithEachOther() {
    purge();
    purge();

    var deletion = gateway.admin().delete(DELETE + Seed.ROOM, "{}");
    var second = gateway.admin().delete(DELETE + Seed.ROOM, "{}");

    assertThat(deletion.status()).isEqualTo(200);
    assertThat(second.json().path("error").asText())
        .isEqualTo("Purge already in progress for " + Seed.ROOM);
    assertThat(status(purge())).isEqualTo("{\"status\":\"active\"}");
  }

  @Test
  void jobOfManyRoomsNamesOneCutOff() {
    var rooms = "{\"kind\": \"purge-history\", \"targets\": [\"!a:x\", \"!b:x\"], \"parameters\": ";
    var jobs = "/_bailiff/v1/jobs";

    assertThat(gateway.admin().post(jobs, rooms + "{\"purge_up_to_ts\": 5}}").status())
        .isEqualTo(202);
    assertThat(gateway.admin().post(jobs, rooms + "{\"purge_up_to_depth\": 5}}").status())
        .isEqualTo(202);
    for (var parameters :
        new String[] {
          "{}",
          "{\"purge_up_to_ts\": 5, \"purge_up_to_depth\": 5}",
          "{\"purge_up_to_ts\": null}",
          "{\"purge_up_to_ts\": 1.5}",
          "{\"purge_up_to_ts\": 5, \"delete_local_events\": 1}"
        }) {
      assertThat(gateway.admin().post(jobs, rooms + parameters + "}").outcome())
          .as(parameters)
          .isEqualTo("400 M_INVALID_PARAM");
    }
  }

  private static JsonNode accepted(String path, String body) {
    var reply = gateway.admin().post(PURGE + path, body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    var id = reply.json().path("purge_id").asText();
    assertThat(reply.body()).isEqualTo("{\"purge_id\":\"" + id + "\"}");
    JobView job = gateway.store().reader().find(job(id)).orElseThrow();
    assertThat(job.kind().name()).isEqualTo("purge-history");
    assertThat(gateway.store().reader().targets(job.id(), -1, 2))
        .extracting(JobView.TargetView::target)
        .containsExactly(Seed.ROOM);
    return job.parameters();
  }

  private static String purge() {
    return gateway
        .admin()
        .post(PURGE + Seed.ROOM + "/$middle", "")
        .json()
        .path("purge_id")
        .asText();
  }

  private static String status(String id) {
    return gateway.admin().get(STATUS + id).body();
  }

  private static JobId job(String id) {
    return JobId.parse(id).orElseThrow();
  }

  private static void event(String id, String room, long depth, long at, String flag) {
    gateway
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    insert into homeserver.event
                      (stream_ordering, depth, origin_server_ts, room_id, event_id, type, sender, content,
                       outlier, rejected)
                    values (nextval('homeserver.event_stream_ordering'), ?, ?, ?, ?, 'm.room.message',
                            '@ann:chat.example', '{}', ?, ?)
                    """,
                    depth,
                    at,
                    room,
                    id,
                    flag.equals("outlier"),
                    flag.equals("rejected")));
  }
}
