package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.gateway.Reply;
import dev.bailiff.testing.homeserver.Community;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Shuts a room down and keeps its history; {@link UndoneShutdownIT} has the way back. */
@Section("4.38")
class RoomShutdownIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static final String SHUTDOWN = "/_synapse/admin/v1/shutdown_room/";
  private static final String BODY = "{\"new_room_user_id\": \"@admin:chat.example\"}";

  private static Reply shutDown(String room, String body) {
    return gateway.admin().with("Prefer: respond-async").post(SHUTDOWN + room, body);
  }

  private static WaitingCall waiting(String room, String body) {
    return WaitingCall.send(gateway, "POST", SHUTDOWN + room, body);
  }

  private static String room() {
    return gateway.newRoom(Community.user("ada")).id();
  }

  private static String block(String room) {
    return gateway.admin().get("/_synapse/admin/v1/rooms/" + room + "/block").body();
  }

  @Test
  void usersAreToldByNameAndNotCounted() {
    var reply =
        waiting(room(), BODY)
            .listing("kicked_users", "@ada:chat.example")
            .listing("failed_to_kick_users", "@bela:chat.example")
            .listing("local_aliases", "#old:chat.example")
            .telling("new_room_id", "!new:chat.example")
            .complete();

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body())
        .isEqualTo(
            """
            {"kicked_users":["@ada:chat.example"],"failed_to_kick_users":["@bela:chat.example"],\
            "local_aliases":["#old:chat.example"],"new_room_id":"!new:chat.example"}\
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"new_room_user_id\": \"@admin:chat.example\", \"room_name\": \"Gone\", \"message\":"
            + " \"Sorry\"}",
        """
        {"new_room_user_id": "@admin:chat.example", "room_name": "Gone", "message": "Sorry", "block": false,
         "purge": "yes", "force_purge": 1}
        """
      })
  void itIsADeletionThatBlocksAndNeverPurges(String body) {
    var room = room();
    var call = waiting(room, body);

    assertThat(call.accepted().kind().name()).isEqualTo("delete-rooms");
    assertThat(call.target()).isEqualTo(room);
    assertThat(call.accepted().parameters().toString())
        .isEqualTo(
            """
            {"block":true,"purge":false,"message":"Sorry","room_name":"Gone","shut_down":true,"force_purge":false,\
            "require_known":true,"new_room_user_id":"@admin:chat.example"}\
            """);
    assertThat(call.complete().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "nonsense; ''; 400 M_NOT_JSON",
        "nonsense; []; 400 M_BAD_JSON",
        "nonsense; {}; 400 M_MISSING_PARAM",
        "nonsense; {\"room_name\": 1}; 400 M_MISSING_PARAM",
        "nonsense; {\"new_room_user_id\": null}; 400 M_BAD_JSON",
        "nonsense; {\"new_room_user_id\": 1}; 400 M_BAD_JSON",
        "nonsense; {\"new_room_user_id\": \"@a:other.example\", \"room_name\": 1}; 400 M_BAD_JSON",
        "nonsense; {\"new_room_user_id\": \"@a:other.example\", \"message\": 1}; 400 M_BAD_JSON",
        "nonsense; {\"new_room_user_id\": \"@a:other.example\"}; 400 M_UNKNOWN",
        "!nowhere:chat.example; {\"new_room_user_id\": \"@a:other.example\"}; 404 M_NOT_FOUND"
      })
  void badInputIsRefusedInThisOrderAndLeavesNoJob(String room, String body, String outcome) {
    var jobs = gateway.value("select count(*) from jobs.job");

    assertThat(shutDown(room, body).outcome()).isEqualTo(outcome);
    assertThat(gateway.value("select count(*) from jobs.job")).isEqualTo(jobs);
  }

  @Test
  void illegalRoomIdIsNamedInTheError() {
    assertThat(shutDown("nonsense", BODY).json().path("error").asText())
        .isEqualTo("nonsense is not a legal room ID");
  }

  @Test
  void roomIsBlockedThoughTheUserOfTheNewOneIsNotOurs() {
    var room = room();

    var reply = shutDown(room, "{\"new_room_user_id\": \"@ada:other.example\"}");

    assertThat(reply.outcome()).isEqualTo("400 M_UNKNOWN");
    assertThat(reply.json().path("error").asText())
        .isEqualTo("User must be our own: @ada:other.example");
    assertThat(block(room)).isEqualTo("{\"block\":true,\"user_id\":\"@admin:chat.example\"}");
  }

  @Test
  void unknownRoomIsAnErrorAndIsNotBlocked() {
    var room = gateway.newName("!unknown") + ":chat.example";

    var reply = waiting(room, BODY).fail(404, "M_NOT_FOUND", "Unknown room id " + room);

    assertThat(reply.outcome()).isEqualTo("404 M_NOT_FOUND");
    assertThat(block(room)).isEqualTo("{\"block\":false}");
  }

  @ParameterizedTest
  @CsvSource({"400, M_INVALID_PARAM", "403, M_USER_SUSPENDED"})
  void whatOnlyTheJobCanTellIsTheErrorOfTheCall(int status, String code) {
    assertThat(waiting(room(), BODY).fail(status, code, "no room").outcome())
        .isEqualTo(status + " " + code);
  }

  @Test
  void onlyAdminsShutRoomsDown() {
    assertThat(gateway.strangers("POST", SHUTDOWN + "nonsense"))
        .isEqualTo(CommunityGateway.REFUSED);
  }
}
