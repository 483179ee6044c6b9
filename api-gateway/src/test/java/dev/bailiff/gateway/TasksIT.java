package dev.bailiff.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.job.JobId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs as tasks, and the version: 5.24, 5.25. */
class TasksIT {
  @RegisterExtension static final RunningGateway gateway = RunningGateway.with();

  private static final String TASKS = "/_synapse/admin/v1/scheduled_tasks";
  private static final String ROOMS = "/_synapse/admin/v2/rooms/";

  private JobRows rows;
  private JobId redaction;
  private JobId deletion;
  private JobId purge;

  @BeforeEach
  void threeTasks() {
    rows = new JobRows(gateway.jdbi());
    gateway.jdbi().useHandle(handle -> handle.execute("delete from jobs.job"));
    redaction =
        job(
            gateway
                .admin()
                .post("/_synapse/admin/v1/user/@ann:chat.example/redact", "{\"rooms\": []}")
                .json()
                .path("redact_id"));
    deletion = job(gateway.admin().delete(ROOMS + Seed.ROOM, "{}").json().path("delete_id"));
    purge =
        job(
            gateway
                .admin()
                .with("Prefer: respond-async")
                .post("/_synapse/admin/v1/purge_room", "{\"room_id\": \"" + Seed.EMPTY_ROOM + "\"}")
                .json()
                .path("job_id"));
    gateway
        .admin()
        .with("Prefer: respond-async")
        .post("/_synapse/admin/v1/deactivate/@ann:chat.example", "{}");
    at(redaction, 1000);
    at(deletion, 2000);
    at(purge, 3000);
  }

  @Test
  void tasksComeOldestFirstWithEveryKey_5_24() {
    var reply = gateway.admin().get(TASKS);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers()).containsEntry("Content-Type", "application/json");
    assertThat(reply.body())
        .isEqualTo(
            """
            {"scheduled_tasks":[\
            {"id":"%s","action":"redact_all_events","status":"scheduled","timestamp_ms":1000,\
            "resource_id":"@ann:chat.example","result":null,"error":null},\
            {"id":"%s","action":"shutdown_and_purge_room","status":"scheduled","timestamp_ms":2000,\
            "resource_id":"%s","result":null,"error":null},\
            {"id":"%s","action":"purge_room","status":"scheduled","timestamp_ms":3000,\
            "resource_id":"%s","result":null,"error":null}]}\
            """
                .formatted(redaction, deletion, Seed.ROOM, purge, Seed.EMPTY_ROOM));
  }

  @Test
  void resultAndErrorAreThoseOfTheStatusCalls_5_24() {
    rows.activate(deletion);
    rows.replyItem(deletion, 0, "kicked_users", "@ann:chat.example");
    rows.fail(deletion, 400, "M_UNKNOWN", "still joined");
    rows.activate(redaction);
    rows.failure(redaction, "$event", "no power");

    var failed = byId(deletion);
    var active = byId(redaction);

    assertThat(failed.path("status").asText()).isEqualTo("failed");
    assertThat(failed.path("error").asText()).isEqualTo("400: still joined");
    assertThat(failed.path("result").path("kicked_users").path(0).asText())
        .isEqualTo("@ann:chat.example");
    assertThat(active.path("status").asText()).isEqualTo("active");
    assertThat(active.path("result").toString())
        .isEqualTo("{\"failed_redactions\":{\"$event\":\"no power\"}}");
    assertThat(failed.path("timestamp_ms").longValue()).as("last change").isGreaterThan(3000);
  }

  @Test
  void jobThatWaitsForItsTimeHasTheTimeItIsDue_5_24() {
    gateway
        .admin()
        .post(
            "/_bailiff/v1/jobs",
            "{\"kind\": \"delete-rooms\", \"targets\": [\"!z:x\"], \"run_at\": \"2100-01-01T00:00:00Z\"}");

    var last = tasks("?resource_id=!z:x").get(0);

    assertThat(last.path("timestamp_ms").longValue()).isEqualTo(4_102_444_800_000L);
    assertThat(tasks("?resource_id=!z:x&max_timestamp=4102444799999")).isEmpty();
    assertThat(tasks("?resource_id=!z:x&max_timestamp=4102444800000")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "?action_name=redact_all_events, 1",
    "?action_name=purge_room, 3",
    "?action_name=shutdown_and_purge_room, 2",
    "?action_name=purge_room&action_name=redact_all_events, 1 3",
    "?action_name=purge_room&action_name=nothing, 3",
    "?action_name=nothing, ''",
    "?action_name=purge_history, ''",
    "?resource_id=!room:chat.example, 2",
    "?resource_id=, 1 2 3",
    "?resource_id=!room:chat.example&action_name=purge_room, ''",
    "?status=scheduled, 1 2 3",
    "?status=active&status=scheduled, 1 2 3",
    "?status=active, ''",
    "?job_status=active, ''",
    "?job_status=nothing&status=scheduled, 1 2 3",
    "?max_timestamp=2000, 1 2",
    "?max_timestamp=1999, 1",
    "?max_timestamp=9223372036854775807, 1 2 3"
  })
  void filtersAreCombined_5_24(String query, String expected) {
    var all = List.of(redaction, deletion, purge);
    var ids =
        expected.isEmpty()
            ? List.<String>of()
            : List.of(expected.split(" ")).stream()
                .map(n -> all.get(Integer.parseInt(n) - 1).toString())
                .toList();

    assertThat(tasks(query).stream().map(task -> task.path("id").asText())).isEqualTo(ids);
  }

  @ParameterizedTest
  @CsvSource({
    "?status=, 400 M_INVALID_PARAM",
    "?status=completed, 400 M_INVALID_PARAM",
    "?status=active&status=x, 400 M_INVALID_PARAM",
    "?job_status=x, 400 M_INVALID_PARAM",
    "?max_timestamp=x, 400 M_INVALID_PARAM",
    "?max_timestamp=-1, 400 M_INVALID_PARAM",
    "?action_name=%ff, 400 M_UNKNOWN"
  })
  void wrongFiltersAreRefused_5_24(String query, String outcome) {
    assertThat(gateway.admin().get(TASKS + query).outcome()).isEqualTo(outcome);
  }

  @Test
  void cancelledTasksAreToldApart_5_24() {
    gateway.admin().post("/_bailiff/v1/jobs/" + purge + "/cancel", "");
    rows.activate(redaction);
    rows.complete(redaction);

    assertThat(tasks("?status=cancelled")).hasSize(1);
    assertThat(tasks("?status=complete").get(0).path("id").asText())
        .isEqualTo(redaction.toString());
    assertThat(tasks("?status=failed")).isEmpty();
  }

  @Test
  void taskOfManyTargetsIsFoundByEachAndNamesTheOneAskedFor_5_24() {
    gateway
        .admin()
        .post(
            "/_bailiff/v1/jobs", "{\"kind\": \"delete-rooms\", \"targets\": [\"!x:x\", \"!y:x\"]}");

    assertThat(tasks("?resource_id=!y:x").get(0).path("resource_id").asText()).isEqualTo("!y:x");
    var task = tasks("").get(3);
    assertThat(task.has("resource_id")).isTrue();
    assertThat(task.path("resource_id").isNull()).isTrue();
  }

  @Test
  void moreTasksThanAPageHoldsAreAllListed_5_24() {
    gateway
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    insert into jobs.job (job_id, kind, status, parameters, requester, acting_user, target_count, changed_at)
                    select gen_random_uuid(), 'redact-events', 'scheduled', '{}', 'x', 'x', 2,
                           timestamptz 'epoch' + n / 3 * interval '1 second'
                      from generate_series(1, 1200) n
                    """));

    var times = tasks("").stream().map(task -> task.path("timestamp_ms").longValue()).toList();

    assertThat(times).hasSize(1203).isSorted();
  }

  @Test
  void tasksAreForAdmins_5_24() {
    assertThat(gateway.nobody().get(TASKS).outcome()).isEqualTo("401 M_MISSING_TOKEN");
    assertThat(new Client(gateway.port(), "ann-token").get(TASKS + "?status=x").outcome())
        .isEqualTo("403 M_FORBIDDEN");
  }

  @Test
  void versionIsTheOnlyKeyAndNeedsNoToken_5_25() {
    var path = "/_synapse/admin/v1/server_version";

    var version = gateway.nobody().get(path);

    assertThat(version.status()).isEqualTo(200);
    assertThat(version.json().fieldNames()).toIterable().containsExactly("server_version");
    assertThat(version.json().path("server_version").isTextual()).isTrue();
    assertThat(new Client(gateway.port(), "unknown-token").get(path).status()).isEqualTo(200);
    assertThat(gateway.nobody().post(path, "{}").outcome()).isEqualTo("405 M_UNRECOGNIZED");
  }

  private static JobId job(JsonNode id) {
    return JobId.parse(id.asText()).orElseThrow();
  }

  private static void at(JobId job, long millis) {
    gateway
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update jobs.job set changed_at = to_timestamp(? / 1000.0) where job_id = ?",
                    millis,
                    job.value()));
  }

  private static JsonNode byId(JobId job) {
    return tasks("").stream()
        .filter(task -> task.path("id").asText().equals(job.toString()))
        .findFirst()
        .orElseThrow();
  }

  private static List<JsonNode> tasks(String query) {
    return gateway.admin().get(TASKS + query).json().path("scheduled_tasks").valueStream().toList();
  }
}
