package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.gateway.Reply;
import dev.bailiff.job.JobId;
import dev.bailiff.testing.homeserver.Community;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Deletes a room and answers at the end: the call of 2020, and today's. The tests of the worker
 * check the job's effects on the room.
 */
@Section({"4.37", "5.1"})
class RoomDeletionIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static final String ROOMS = "/_synapse/admin/v1/rooms/";
  private static final String NOTHING_DONE =
      "\"kicked_users\":[],\"failed_to_kick_users\":[],\"local_aliases\":[],\"new_room_id\":null";

  /** A call by its method. */
  enum Form {
    POST("/delete"),
    DELETE("");

    private final String behind;

    Form(String behind) {
      this.behind = behind;
    }

    String path(String room) {
      return ROOMS + room + behind;
    }
  }

  private static Reply call(Form form, String room, String body) {
    return gateway.admin().with("Prefer: respond-async").send(form.name(), form.path(room), body);
  }

  private static WaitingCall waiting(Form form, String room, String body) {
    return WaitingCall.send(gateway, form.name(), form.path(room), body);
  }

  private static String room() {
    return gateway.newRoom(Community.user("ada")).id();
  }

  private static String unknownRoom() {
    return gateway.newName("!unknown") + ":chat.example";
  }

  private static String parameters(Reply reply) {
    return gateway
        .running()
        .store()
        .reader()
        .find(JobId.parse(reply.headers().get("Bailiff-Job")).orElseThrow())
        .orElseThrow()
        .parameters()
        .toString();
  }

  private static String block(String room) {
    return gateway.admin().get(ROOMS + room + "/block").body();
  }

  @ParameterizedTest
  @EnumSource
  void endOfTheJobIsTheReply(Form form) {
    var reply =
        waiting(form, room(), "{\"new_room_user_id\": \"@admin:chat.example\"}")
            .listing("kicked_users", "@bela:chat.example")
            .listing("kicked_users", "@ada:chat.example")
            .listing("failed_to_kick_users", "@dina:chat.example")
            .listing("local_aliases", "#old:chat.example")
            .telling("new_room_id", "!new:chat.example")
            .complete();

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body())
        .isEqualTo(
            """
            {"kicked_users":["@ada:chat.example","@bela:chat.example"],"failed_to_kick_users":["@dina:chat.example"],\
            "local_aliases":["#old:chat.example"],"new_room_id":"!new:chat.example"}\
            """);
  }

  @ParameterizedTest
  @EnumSource
  void allFourKeysAreThereWhereNothingWasDone(Form form) {
    assertThat(waiting(form, room(), "{}").complete().body()).isEqualTo("{" + NOTHING_DONE + "}");
  }

  @ParameterizedTest
  @EnumSource
  void callThatDoesNotWaitHasThemTooAndNamesItsJob(Form form) {
    var reply = call(form, room(), "{}");

    var job = reply.headers().get("Bailiff-Job");
    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.body())
        .isEqualTo("{%s,\"job_id\":\"%s\",\"status\":\"scheduled\"}".formatted(NOTHING_DONE, job));
    assertThat(gateway.admin().get("/_synapse/admin/v2/rooms/delete_status/" + job).status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"new_room_user_id\": null, \"room_name\": null, \"message\": null, \"other\": [1]}"
      })
  void roomIsPurgedAndNotBlockedUnlessAsked(String body) {
    var room = room();

    assertThat(parameters(call(Form.POST, room, body)))
        .isEqualTo(
            """
            {"block":false,"purge":true,"message":null,"room_name":null,"shut_down":true,"force_purge":false,\
            "require_known":true,"new_room_user_id":null}\
            """);
    assertThat(parameters(call(Form.DELETE, room, body)))
        .isEqualTo(
            """
            {"block":false,"purge":true,"message":null,"room_name":null,"shut_down":true,"force_purge":false,\
            "require_known":false,"new_room_user_id":null}\
            """);
  }

  @ParameterizedTest
  @EnumSource
  void everyKeyReachesTheJob(Form form) {
    var body =
        """
        {"block": true, "purge": false, "force_purge": true, "new_room_user_id": "@nobody:chat.example",
         "room_name": "Gone", "message": ""}
        """;

    assertThat(parameters(call(form, room(), body)))
        .startsWith(
            "{\"block\":true,\"purge\":false,\"message\":\"\",\"room_name\":\"Gone\",\"shut_down\":true,\"force_purge\":true,")
        .endsWith(",\"new_room_user_id\":\"@nobody:chat.example\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "nonsense; ''; 400 M_NOT_JSON",
        "nonsense; {; 400 M_NOT_JSON",
        "nonsense; []; 400 M_BAD_JSON",
        "nonsense; {\"block\": 1}; 400 M_BAD_JSON",
        "nonsense; {\"block\": null}; 400 M_BAD_JSON",
        "nonsense; {\"purge\": \"true\"}; 400 M_BAD_JSON",
        "nonsense; {\"purge\": null}; 400 M_BAD_JSON",
        "nonsense; {\"force_purge\": 0}; 400 M_BAD_JSON",
        "nonsense; {\"new_room_user_id\": 1}; 400 M_BAD_JSON",
        "nonsense; {\"room_name\": [\"x\"]}; 400 M_BAD_JSON",
        "nonsense; {\"message\": false}; 400 M_BAD_JSON",
        "nonsense; {\"message\": \"a\\u0000\"}; 400 M_BAD_JSON",
        "nonsense; {\"new_room_user_id\": \"@a:other.example\"}; 400 M_UNKNOWN",
        "!r; {}; 400 M_UNKNOWN",
        "%23r:chat.example; {}; 400 M_UNKNOWN"
      })
  void badInputIsRefusedInThisOrderAndLeavesNoJob(String room, String body, String outcome) {
    var jobs = gateway.value("select count(*) from jobs.job");

    for (var form : Form.values()) {
      assertThat(call(form, room, body).outcome()).isEqualTo(outcome);
    }
    assertThat(gateway.value("select count(*) from jobs.job")).isEqualTo(jobs);
  }

  @ParameterizedTest
  @EnumSource
  void illegalRoomIdIsNamedInTheError(Form form) {
    assertThat(call(form, "nonsense", "{}").json().path("error").asText())
        .isEqualTo("nonsense is not a legal room ID");
  }

  @ParameterizedTest
  @EnumSource
  void userOfNoneOfOursMakesNoRoomAndTheBlockStands(Form form) {
    for (var user :
        new String[] {
          "@ada:other.example",
          "",
          "ada",
          "@ada:chat.example:8448",
          "@" + "x".repeat(243) + ":chat.example"
        }) {
      var blocked = room();
      var open = room();

      var reply = call(form, blocked, "{\"block\": true, \"new_room_user_id\": \"" + user + "\"}");

      assertThat(reply.outcome()).isEqualTo("400 M_UNKNOWN");
      assertThat(reply.json().path("error").asText()).isEqualTo("User must be our own: " + user);
      assertThat(block(blocked)).isEqualTo("{\"block\":true,\"user_id\":\"@admin:chat.example\"}");
      assertThat(call(form, open, "{\"new_room_user_id\": \"" + user + "\"}").outcome())
          .isEqualTo("400 M_UNKNOWN");
      assertThat(block(open)).isEqualTo("{\"block\":false}");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POST, 400, M_INVALID_PARAM, Not a user id: ada:chat.example",
    "DELETE, 400, M_INVALID_PARAM, Not a user id: ada:chat.example",
    "POST, 403, M_USER_SUSPENDED, The user is suspended: @ada:chat.example",
    "DELETE, 403, M_USER_SUSPENDED, The user is suspended: @ada:chat.example",
    "POST, 400, M_UNKNOWN, Users are still joined to this room",
    "DELETE, 400, M_UNKNOWN, Users are still joined to this room"
  })
  void whatOnlyTheJobCanTellIsTheErrorOfTheCall(Form form, int status, String code, String text) {
    var reply =
        waiting(form, room(), "{\"new_room_user_id\": \"@ada:chat.example\"}")
            .listing("kicked_users", "@bela:chat.example")
            .fail(status, code, text);

    assertThat(reply.outcome()).isEqualTo(status + " " + code);
    assertThat(reply.json().path("error").asText()).isEqualTo(text);
  }

  @Test
  @Section("4.37")
  void unknownRoomIsAnErrorBeforeTheUserOfTheNewOneIsLookedAtAndIsNotBlocked() {
    var room = unknownRoom();

    assertThat(
            call(Form.POST, room, "{\"block\": true, \"new_room_user_id\": \"@a:other.example\"}")
                .outcome())
        .isEqualTo("404 M_NOT_FOUND");
    assertThat(
            waiting(Form.POST, room, "{\"block\": true}")
                .fail(404, "M_NOT_FOUND", "Unknown room id " + room)
                .outcome())
        .isEqualTo("404 M_NOT_FOUND");
    assertThat(block(room)).isEqualTo("{\"block\":false}");
  }

  @Test
  @Section("5.1")
  void unknownRoomIsNoErrorWhoeverShouldMakeTheNewOne() {
    for (var user : new String[] {"@ada:other.example", ""}) {
      var call =
          waiting(
              Form.DELETE,
              unknownRoom(),
              "{\"block\": true, \"new_room_user_id\": \"" + user + "\"}");

      assertThat(call.accepted().parameters().path("block").booleanValue()).isTrue();
      assertThat(call.accepted().parameters().path("new_room_user_id").isNull()).isTrue();
      assertThat(call.accepted().parameters().path("require_known").booleanValue()).isFalse();
      assertThat(call.complete().body()).isEqualTo("{" + NOTHING_DONE + "}");
    }
  }

  @Test
  void secondCallForARoomIsNoConflict() {
    var room = room();

    for (var form : new Form[] {Form.POST, Form.DELETE, Form.DELETE, Form.POST}) {
      assertThat(call(form, room, "{}").status()).isEqualTo(202);
    }
  }

  @ParameterizedTest
  @EnumSource
  void onlyAdminsDeleteRooms(Form form) {
    assertThat(gateway.strangers(form.name(), form.path("nonsense")))
        .isEqualTo(CommunityGateway.REFUSED);
  }
}
