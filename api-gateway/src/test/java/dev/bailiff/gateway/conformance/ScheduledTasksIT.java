package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.gateway.Reply;
import dev.bailiff.job.JobId;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.homeserver.MadeRoom;
import dev.bailiff.testing.job.JobRows;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Jobs as the tasks of the API. The jobs of other tests are of today. These are of the first hour
 * of 1970, so that the tests see no others.
 */
@Section("5.24")
class ScheduledTasksIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static final String TASKS = "/_synapse/admin/v1/scheduled_tasks";
  private static final String OURS = "?max_timestamp=3600000";

  private final JobRows rows = new JobRows(gateway.jdbi());
  private String user;
  private MadeRoom room;
  private MadeRoom emptyRoom;
  private JobId redaction;
  private JobId deletion;
  private JobId roomPurge;
  private JobId historyPurge;

  @BeforeEach
  void fourTasks() {
    user = gateway.newUser("task");
    room = gateway.newRoom(Community.user("ada"));
    emptyRoom = gateway.newRoom(Community.user("ada")).abandoned();
    redaction =
        at(1000, post("/v1/user/" + user + "/redact", "{\"rooms\": []}").json().path("redact_id"));
    deletion =
        at(
            2000,
            gateway
                .admin()
                .delete("/_synapse/admin/v2/rooms/" + room.id(), "{}")
                .json()
                .path("delete_id"));
    roomPurge =
        at(
            3000,
            post("/v1/purge_room", "{\"room_id\": \"" + emptyRoom.id() + "\"}")
                .json()
                .path("job_id"));
    historyPurge =
        at(
            4000,
            post("/v1/purge_history/" + room.id() + "/" + room.message("{}"), "")
                .json()
                .path("purge_id"));
  }

  @AfterEach
  void noTasksOf1970() {
    gateway.execute("delete from jobs.job where changed_at < timestamptz '1971-01-01'");
  }

  @Test
  void tasksComeOldestFirstWithEveryKey() {
    var reply = gateway.admin().get(TASKS + OURS);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers()).containsEntry("Content-Type", "application/json");
    assertThat(reply.body())
        .isEqualTo(
            """
            {"scheduled_tasks":[\
            {"id":"%s","action":"redact_all_events","status":"scheduled","timestamp_ms":1000,\
            "resource_id":"%s","result":null,"error":null},\
            {"id":"%s","action":"shutdown_and_purge_room","status":"scheduled","timestamp_ms":2000,\
            "resource_id":"%s","result":null,"error":null},\
            {"id":"%s","action":"purge_room","status":"scheduled","timestamp_ms":3000,\
            "resource_id":"%s","result":null,"error":null},\
            {"id":"%s","action":"purge_history","status":"scheduled","timestamp_ms":4000,\
            "resource_id":"%s","result":null,"error":null}]}\
            """
                .formatted(
                    redaction,
                    user,
                    deletion,
                    room.id(),
                    roomPurge,
                    emptyRoom.id(),
                    historyPurge,
                    room.id()));
  }

  @Test
  void tasksOfTodayAreListedWithoutAnyFilter() {
    rows.activate(deletion);

    assertThat(tasks("").stream().map(task -> task.path("id").asText()))
        .contains(redaction.toString(), deletion.toString());
  }

  @Test
  void resultAndErrorAreThoseOfTheStatusCalls() {
    rows.activate(deletion);
    rows.replyItem(deletion, 0, "kicked_users", "@ada:chat.example");
    rows.fail(deletion, 400, "M_UNKNOWN", "still joined");
    rows.activate(redaction);
    rows.failure(redaction, "$event", "no power");

    var failed = tasks("?action_name=shutdown_and_purge_room&resource_id=" + room.id()).get(0);
    var active = tasks("?resource_id=" + user).get(0);

    assertThat(failed.path("status").asText()).isEqualTo("failed");
    assertThat(failed.path("error").asText()).isEqualTo("400: still joined");
    assertThat(failed.path("result").path("kicked_users").path(0).asText())
        .isEqualTo("@ada:chat.example");
    assertThat(active.path("status").asText()).isEqualTo("active");
    assertThat(active.path("error").isNull()).isTrue();
    assertThat(active.path("result").toString())
        .isEqualTo("{\"failed_redactions\":{\"$event\":\"no power\"}}");
    assertThat(failed.path("timestamp_ms").longValue())
        .as("last change")
        .isGreaterThan(1_700_000_000_000L);
  }

  @Test
  void jobThatWaitsForItsTimeHasTheTimeItIsDue() {
    var later = gateway.newName("!later") + ":other.example";
    gateway
        .admin()
        .post(
            "/_bailiff/v1/jobs",
            "{\"kind\": \"delete-rooms\", \"targets\": [\"%s\"], \"run_at\": \"2100-01-01T00:00:00Z\"}"
                .formatted(later));

    var query = "?resource_id=" + later;

    assertThat(tasks(query).get(0).path("timestamp_ms").longValue()).isEqualTo(4_102_444_800_000L);
    assertThat(tasks(query + "&max_timestamp=4102444799999")).isEmpty();
    assertThat(tasks(query + "&max_timestamp=4102444800000")).hasSize(1);
    assertThat(tasks(query + "&max_timestamp=9223372036854775807")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 1 2 3 4",
    "&action_name=redact_all_events, 1",
    "&action_name=purge_room, 3",
    "&action_name=shutdown_and_purge_room, 2",
    "&action_name=purge_history, 4",
    "&action_name=purge_room&action_name=redact_all_events, 1 3",
    "&action_name=purge_room&action_name=nothing, 3",
    "&action_name=nothing, ''",
    "&action_name=, ''",
    "&resource_id=ROOM, 2 4",
    "&resource_id=, 1 2 3 4",
    "&resource_id=!nowhere:chat.example, ''",
    "&resource_id=ROOM&action_name=purge_history, 4",
    "&resource_id=ROOM&action_name=purge_room, ''",
    "&status=scheduled, 1 2 3 4",
    "&status=active&status=scheduled, 1 2 3 4",
    "&status=active, ''",
    "&job_status=active, ''",
    "&job_status=scheduled, 1 2 3 4",
    "&job_status=active&job_status=scheduled, 1 2 3 4",
    "&job_status=nothing&status=scheduled, 1 2 3 4",
    "&max_timestamp=1, 1 2 3 4"
  })
  void valuesOfAFilterAreAlternativesAndAllFiltersCount(String query, String expected) {
    assertThat(ids(OURS + query.replace("ROOM", room.id()))).isEqualTo(numbered(expected));
  }

  @ParameterizedTest
  @CsvSource({"3000, 1 2 3", "2000, 1 2", "1999, 1", "999, ''", "0, ''"})
  void timeIsIncluded(long time, String expected) {
    assertThat(ids("?max_timestamp=" + time)).isEqualTo(numbered(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "?status=, 400 M_INVALID_PARAM",
    "?status=completed, 400 M_INVALID_PARAM",
    "?status=Active, 400 M_INVALID_PARAM",
    "?status=active&status=x, 400 M_INVALID_PARAM",
    "?job_status=, 400 M_INVALID_PARAM",
    "?job_status=x, 400 M_INVALID_PARAM",
    "?max_timestamp=, 400 M_INVALID_PARAM",
    "?max_timestamp=x, 400 M_INVALID_PARAM",
    "?max_timestamp=-1, 400 M_INVALID_PARAM",
    "?action_name=%ff, 400 M_UNKNOWN",
    "?resource_id=%ff, 400 M_UNKNOWN"
  })
  void wrongFiltersAreRefused(String query, String outcome) {
    assertThat(gateway.admin().get(TASKS + query).outcome()).isEqualTo(outcome);
  }

  @Test
  void endsAreToldApart() {
    gateway.admin().post("/_bailiff/v1/jobs/" + roomPurge + "/cancel", "");
    rows.activate(redaction);
    rows.complete(redaction);
    rows.fail(historyPurge, 400, "M_UNKNOWN", "one must remain");

    assertThat(ids("?status=cancelled&resource_id=" + emptyRoom.id()))
        .containsExactly(roomPurge.toString());
    assertThat(ids("?status=complete&resource_id=" + user)).containsExactly(redaction.toString());
    assertThat(ids("?status=failed&resource_id=" + room.id()))
        .containsExactly(historyPurge.toString());
    assertThat(ids("?status=failed&resource_id=" + user)).isEmpty();
  }

  @Test
  void deactivationsAndDeletionsOfMediaAreNoTasks() {
    var other = gateway.newUser("task");
    var client = gateway.admin().with("Prefer: respond-async");
    client.post("/_synapse/admin/v1/deactivate/" + other, "{}");
    client.delete("/_synapse/admin/v1/users/" + other + "/media", null);

    assertThat(tasks("?resource_id=" + other)).isEmpty();
  }

  @Test
  void taskOfManyTargetsIsFoundByEachAndNamesTheOneAskedFor() {
    var first = gateway.newName("!x") + ":other.example";
    var second = gateway.newName("!y") + ":other.example";
    at(
        5000,
        post(
                "/_bailiff/v1/jobs",
                "{\"kind\": \"delete-rooms\", \"targets\": [\"%s\", \"%s\"], \"reason\": \"spam\"}"
                    .formatted(first, second))
            .json()
            .path("job_id"));

    assertThat(tasks("?resource_id=" + second).get(0).path("resource_id").asText())
        .isEqualTo(second);
    var task = tasks(OURS).get(4);
    assertThat(task.has("resource_id")).isTrue();
    assertThat(task.path("resource_id").isNull()).isTrue();
    assertThat(task.path("result").isNull()).isTrue();
  }

  @Test
  void moreTasksThanAPageHoldsAreAllListed() {
    gateway.execute(
        """
        insert into jobs.job (job_id, kind, status, parameters, requester, acting_user, target_count, changed_at)
        select gen_random_uuid(), 'redact-events', 'scheduled', '{}', 'x', 'x', 2,
               timestamptz 'epoch' + n / 3 * interval '1 second'
          from generate_series(1, 1200) n
        """);

    var times = tasks(OURS).stream().map(task -> task.path("timestamp_ms").longValue()).toList();

    assertThat(times).hasSize(1204).isSorted();
  }

  @Test
  void onlyAdminsSeeTasks() {
    assertThat(gateway.strangers("GET", TASKS + "?status=x")).isEqualTo(CommunityGateway.REFUSED);
  }

  private static Reply post(String path, String body) {
    var whole = path.startsWith("/v1") ? "/_synapse/admin" + path : path;
    return gateway.admin().with("Prefer: respond-async").post(whole, body);
  }

  private static JobId at(long millis, JsonNode id) {
    var job = JobId.parse(id.asText()).orElseThrow();
    gateway.execute(
        "update jobs.job set changed_at = to_timestamp(? / 1000.0) where job_id = ?",
        millis,
        job.value());
    return job;
  }

  private List<String> numbered(String numbers) {
    var all = List.of(redaction, deletion, roomPurge, historyPurge);
    return numbers.isEmpty()
        ? List.of()
        : List.of(numbers.split(" ")).stream()
            .map(n -> all.get(Integer.parseInt(n) - 1).toString())
            .toList();
  }

  private static List<String> ids(String query) {
    return tasks(query).stream().map(task -> task.path("id").asText()).toList();
  }

  private static List<JsonNode> tasks(String query) {
    return gateway.admin().get(TASKS + query).json().path("scheduled_tasks").valueStream().toList();
  }
}
