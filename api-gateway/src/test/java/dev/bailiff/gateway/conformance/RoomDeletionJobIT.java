package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.gateway.Reply;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.store.JobPruning;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.job.JobRows;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Deletes a room by a job, and shows the job's progress. */
@Section({"5.2", "5.3", "5.4"})
class RoomDeletionJobIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static final String ROOMS = "/_synapse/admin/v2/rooms/";
  private static final String BY_ID = ROOMS + "delete_status/";

  private JobRows rows;
  private String room;

  @BeforeEach
  void newRoom() {
    rows = new JobRows(gateway.jdbi());
    room = gateway.newRoom(Community.user("ada")).id();
  }

  private static Reply delete(String room, String body) {
    return gateway.admin().delete(ROOMS + room, body);
  }

  private JobId job(String body) {
    return JobId.parse(delete(room, body).json().path("delete_id").asText()).orElseThrow();
  }

  private static Reply status(JobId job) {
    return gateway.admin().get(BY_ID + job);
  }

  private static Reply byRoom(String room) {
    return gateway.admin().get(ROOMS + room + "/delete_status");
  }

  private static List<String> idsByRoom(String room) {
    return byRoom(room).json().path("results").findValuesAsText("delete_id");
  }

  private static String error(Reply reply) {
    return reply.json().path("error").asText();
  }

  /** The JSON of a task; {@code rest} follows the room, inside the braces. */
  private String task(JobId job, String rest) {
    return "{\"delete_id\":\"%s\",\"room_id\":\"%s\",%s}".formatted(job, room, rest);
  }

  @Test
  @Section("5.2")
  void idIsToldAtOnceAndNothingElse() {
    var reply = delete(room, "{\"block\": true, \"purge\": false, \"message\": \"Bye\"}");

    var id = reply.json().path("delete_id").asText();
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo("{\"delete_id\":\"" + id + "\"}");
    assertThat(
            gateway.value(
                "select parameters::text from jobs.job where job_id = ?", UUID.fromString(id)))
        .isEqualTo(
            """
            {"block": true, "purge": false, "message": "Bye", "room_name": null, "shut_down": true, "force_purge": false, \
            "require_known": false, "new_room_user_id": null}\
            """);
  }

  @ParameterizedTest
  @Section("5.2")
  @CsvSource(
      delimiter = ';',
      value = {
        "nonsense; ''; 400 M_NOT_JSON",
        "nonsense; {; 400 M_NOT_JSON",
        "nonsense; []; 400 M_BAD_JSON",
        "nonsense; {\"block\": \"true\"}; 400 M_BAD_JSON",
        "nonsense; {\"purge\": null}; 400 M_BAD_JSON",
        "nonsense; {\"force_purge\": 1}; 400 M_BAD_JSON",
        "nonsense; {\"new_room_user_id\": 1}; 400 M_BAD_JSON",
        "nonsense; {\"room_name\": 1}; 400 M_BAD_JSON",
        "nonsense; {\"message\": []}; 400 M_BAD_JSON",
        "nonsense; {}; 400 M_UNKNOWN",
        "!r:chat.example; {\"new_room_user_id\": \"@a:other.example\"}; 400 M_UNKNOWN",
        "!r:chat.example; {\"new_room_user_id\": \"\"}; 400 M_UNKNOWN",
        "!r:chat.example; {\"new_room_user_id\": \"@LONG:chat.example\"}; 400 M_UNKNOWN"
      })
  void badInputIsRefusedInThisOrderAndLeavesNoJob(String id, String body, String outcome) {
    var jobs = gateway.value("select count(*) from jobs.job");

    assertThat(delete(id, body.replace("LONG", "x".repeat(4_000))).outcome()).isEqualTo(outcome);
    assertThat(gateway.value("select count(*) from jobs.job")).isEqualTo(jobs);
  }

  @Test
  @Section("5.2")
  void secondJobForTheRoomIsRefusedUntilTheFirstHasEnded() {
    var first = job("{}");

    var queued = delete(room, "{}");
    rows.activate(first);
    var active = delete(room, "{}");
    rows.complete(first);

    assertThat(queued.outcome()).isEqualTo("400 M_UNKNOWN");
    assertThat(error(queued)).isEqualTo("Purge already in progress for " + room);
    assertThat(active.outcome()).isEqualTo("400 M_UNKNOWN");
    assertThat(delete(room, "{}").status()).isEqualTo(200);
  }

  @Test
  @Section("5.2")
  void waitingCallOnTheRoomIsAConflictAndAPurgeOfItsHistoryIsNone() {
    var call = WaitingCall.send(gateway, "DELETE", "/_synapse/admin/v1/rooms/" + room, "{}");
    var other = gateway.newRoom(Community.user("ada"));
    gateway
        .admin()
        .post("/_synapse/admin/v1/purge_history/" + other.id() + "/" + other.message("{}"), null);

    assertThat(error(delete(room, "{}"))).isEqualTo("Purge already in progress for " + room);
    call.complete();
    assertThat(delete(room, "{}").status()).isEqualTo(200);
    assertThat(delete(other.id(), "{}").status()).isEqualTo(200);
  }

  @Test
  @Section("5.2")
  void conflictIsToldBeforeTheUserOfTheNewRoomIsLookedAt() {
    var foreign = "{\"block\": true, \"new_room_user_id\": \"@ada:other.example\"}";

    assertThat(error(delete(room, foreign))).isEqualTo("User must be our own: @ada:other.example");
    job("{}");
    assertThat(error(delete(room, foreign))).isEqualTo("Purge already in progress for " + room);
    assertThat(gateway.admin().get("/_synapse/admin/v1/rooms/" + room + "/block").body())
        .as("a refused call does nothing at all")
        .isEqualTo("{\"block\":false}");
  }

  @Test
  void userWhoCannotMakeARoomIsAcceptedAndFailsTheJob() {
    var job = job("{\"new_room_user_id\": \"ada:chat.example\"}");
    rows.fail(job, 400, "M_INVALID_PARAM", "Not a user id: ada:chat.example");

    assertThat(status(job).body())
        .isEqualTo(
            task(
                job,
                """
                "status":"failed","shutdown_room":{"kicked_users":[],"failed_to_kick_users":[],"local_aliases":[],\
                "new_room_id":null},"error":"400: Not a user id: ada:chat.example"\
                """));
  }

  @Test
  void unknownRoomIsAcceptedAndCompletes() {
    room = gateway.newName("!unknown") + ":other.example";
    var job = job("{\"block\": true}");
    rows.complete(job);

    assertThat(status(job).json().path("status").asText()).isEqualTo("complete");
    assertThat(idsByRoom(room)).containsExactly(job.toString());
  }

  @Test
  @Section({"5.3", "5.4"})
  void queuedJobHasEmptyLists() {
    var job = job("{}");

    assertThat(told(job))
        .isEqualTo(
            task(
                job,
                """
                "status":"scheduled","shutdown_room":{"kicked_users":[],"failed_to_kick_users":[],"local_aliases":[],\
                "new_room_id":null}\
                """));
  }

  @Test
  @Section({"5.3", "5.4"})
  void listsFillWhileMembersAreRemovedAndStayInTheEnd() {
    var job = job("{\"new_room_user_id\": \"@admin:chat.example\"}");
    rows.activate(job);
    rows.fact(job, "new_room_id", "!new:chat.example");
    rows.replyItem(job, 0, "kicked_users", "@bela:chat.example");
    var soFar =
        """
        "shutdown_room":{"kicked_users":["@bela:chat.example"],"failed_to_kick_users":[],"local_aliases":[],\
        "new_room_id":"!new:chat.example"}\
        """;
    assertThat(told(job)).isEqualTo(task(job, "\"status\":\"active\"," + soFar));

    rows.replyItem(job, 0, "kicked_users", "@ada:chat.example");
    rows.replyItem(job, 0, "failed_to_kick_users", "@dina:chat.example");
    rows.replyItem(job, 0, "local_aliases", "#old:chat.example");
    var all =
        """
        "shutdown_room":{"kicked_users":["@ada:chat.example","@bela:chat.example"],\
        "failed_to_kick_users":["@dina:chat.example"],"local_aliases":["#old:chat.example"],"new_room_id":"!new:chat.example"}\
        """;
    assertThat(told(job)).isEqualTo(task(job, "\"status\":\"active\"," + all));
    rows.complete(job);
    assertThat(told(job)).isEqualTo(task(job, "\"status\":\"complete\"," + all));
  }

  @Test
  @Section({"5.3", "5.4"})
  void failedJobTellsWhatItReachedAndWhy() {
    var job = job("{}");
    rows.activate(job);
    rows.replyItem(job, 0, "kicked_users", "@ada:chat.example");
    rows.fail(job, 400, "M_UNKNOWN", "Users are still joined to this room");

    assertThat(told(job))
        .isEqualTo(
            task(
                job,
                """
                "status":"failed","shutdown_room":{"kicked_users":["@ada:chat.example"],"failed_to_kick_users":[],\
                "local_aliases":[],"new_room_id":null},"error":"400: Users are still joined to this room"\
                """));
  }

  @Test
  @Section({"5.3", "5.4"})
  void cancelledJobHasFailed() {
    var job = job("{}");
    gateway.admin().post("/_bailiff/v1/jobs/" + job + "/cancel", "");

    var task = status(job).json();

    assertThat(task.path("status").asText()).isEqualTo("failed");
    assertThat(task.path("error").asText()).isEqualTo("The job was cancelled");
  }

  @Test
  @Section("5.3")
  void jobsOfARoomComeByTheirLastChangeWhicheverCallMadeThem() {
    var older =
        WaitingCall.send(gateway, "POST", "/_synapse/admin/v1/rooms/" + room + "/delete", "{}");
    var newer = WaitingCall.send(gateway, "DELETE", "/_synapse/admin/v1/rooms/" + room, "{}");
    assertThat(idsByRoom(room)).containsExactly(older.job().toString(), newer.job().toString());

    rows.activate(older.job());

    assertThat(idsByRoom(room)).containsExactly(newer.job().toString(), older.job().toString());
    newer.complete();
    older.complete();
    var last = job("{}");
    assertThat(idsByRoom(room))
        .containsExactly(newer.job().toString(), older.job().toString(), last.toString());
  }

  @Test
  @Section({"5.3", "5.4"})
  void jobsVanishOneByOneSevenDaysAfterTheirEnd() {
    var first = job("{}");
    rows.complete(first);
    var second = job("{}");
    rows.complete(second);

    endedDaysAgo(first, 8);
    endedDaysAgo(second, 6);
    prune();
    assertThat(status(first).outcome()).isEqualTo("404 M_NOT_FOUND");
    assertThat(idsByRoom(room)).containsExactly(second.toString());

    endedDaysAgo(second, 8);
    prune();
    assertThat(status(second).outcome()).isEqualTo("404 M_NOT_FOUND");
    assertThat(byRoom(room).outcome()).isEqualTo("404 M_NOT_FOUND");
  }

  @Test
  @Section("5.3")
  void roomMustHaveALegalIdAndAJob() {
    assertThat(byRoom("nonsense").outcome()).isEqualTo("400 M_UNKNOWN");
    assertThat(error(byRoom("nonsense"))).isEqualTo("nonsense is not a legal room ID");
    assertThat(byRoom(room).outcome()).isEqualTo("404 M_NOT_FOUND");
  }

  @Test
  @Section("5.3")
  void roomOfALargerJobIsFoundInItWithItsOwnLists() {
    var rooms =
        List.of("b", "c", "a").stream()
            .map(name -> gateway.newName("!" + name) + ":other.example")
            .toList();
    var id =
        gateway
            .admin()
            .post(
                "/_bailiff/v1/jobs",
                "{\"kind\": \"delete-rooms\", \"reason\": \"spam\", \"targets\": [\"%s\"]}"
                    .formatted(String.join("\", \"", rooms)))
            .json()
            .path("job_id")
            .asText();
    rows.replyItem(JobId.parse(id).orElseThrow(), 1, "kicked_users", "@ada:chat.example");

    for (String one : rooms) {
      JsonNode results = byRoom(one).json().path("results");
      assertThat(results).hasSize(1);
      assertThat(results.path(0).path("room_id").asText()).isEqualTo(one);
      assertThat(results.path(0).path("delete_id").asText()).isEqualTo(id);
      assertThat(results.path(0).path("shutdown_room").path("kicked_users"))
          .hasSize(one.equals(rooms.get(0)) ? 1 : 0);
    }
  }

  @Test
  @Section("5.4")
  void unknownIdsAndJobsOfOtherKindsAreNotFound() {
    var redaction =
        gateway
            .admin()
            .post(
                "/_synapse/admin/v1/user/" + gateway.newUser("redacted") + "/redact",
                "{\"rooms\": []}")
            .json()
            .path("redact_id")
            .asText();

    for (var id : List.of("nonsense", "", UUID.randomUUID().toString(), redaction)) {
      assertThat(gateway.admin().get(BY_ID + id).outcome()).isEqualTo("404 M_NOT_FOUND");
    }
  }

  @Test
  void onlyAdminsDeleteRoomsAndLook() {
    assertThat(gateway.strangers("DELETE", ROOMS + "nonsense")).isEqualTo(CommunityGateway.REFUSED);
    assertThat(gateway.strangers("GET", ROOMS + "nonsense/delete_status"))
        .isEqualTo(CommunityGateway.REFUSED);
    assertThat(gateway.strangers("GET", BY_ID + "nonsense")).isEqualTo(CommunityGateway.REFUSED);
  }

  /** The task as shown by its id; the list by room shows the same. */
  private String told(JobId job) {
    var task = status(job).body();
    assertThat(byRoom(room).body()).isEqualTo("{\"results\":[" + task + "]}");
    return task;
  }

  private static void endedDaysAgo(JobId job, int days) {
    gateway.execute(
        "update jobs.job set finalized_at = now() - ? * interval '1 day' where job_id = ?",
        days,
        job.value());
  }

  private static void prune() {
    gateway
        .running()
        .store()
        .pruning()
        .page(JobStatus.COMPLETED, Duration.ofDays(7), JobPruning.START, 100);
  }
}
