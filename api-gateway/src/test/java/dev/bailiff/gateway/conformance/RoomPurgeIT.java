package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.testing.homeserver.Community;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Purges a room that nobody local is in any more. */
@Section("4.39")
class RoomPurgeIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static final String PURGE = "/_synapse/admin/v1/purge_room";

  private static WaitingCall purge(String room) {
    return WaitingCall.send(gateway, "POST", PURGE, "{\"room_id\": \"" + room + "\"}");
  }

  private static String abandonedRoom() {
    return gateway.newRoom(Community.user("ada")).abandoned().id();
  }

  @Test
  void answerIsAnEmptyObjectAtTheEnd() {
    var reply = purge(abandonedRoom()).complete();

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo("{}");
  }

  @Test
  void roomIsOnlyPurged() {
    var room = abandonedRoom();
    var call = purge(room);

    assertThat(call.target()).isEqualTo(room);
    assertThat(call.accepted().parameters().toString())
        .isEqualTo(
            """
            {"block":false,"purge":true,"message":null,"room_name":null,"shut_down":false,"force_purge":false,\
            "require_known":true,"new_room_user_id":null}\
            """);
    assertThat(call.complete().status()).isEqualTo(200);
  }

  @Test
  void callThatDoesNotWaitNamesItsJobAndNothingElse() {
    var reply =
        gateway
            .admin()
            .with("Prefer: respond-async")
            .post(PURGE, "{\"room_id\": \"" + abandonedRoom() + "\"}");

    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.body())
        .isEqualTo(
            "{\"job_id\":\"%s\",\"status\":\"scheduled\"}"
                .formatted(reply.headers().get("Bailiff-Job")));
  }

  @ParameterizedTest
  @CsvSource({
    "404, M_NOT_FOUND, Unknown room id !r:chat.example",
    "400, M_UNKNOWN, Users are still joined to this room"
  })
  void unknownRoomsAndSuchWithLocalUsersAreRefusedByTheJob(int status, String code, String text) {
    var reply = purge(gateway.newName("!r") + ":chat.example").fail(status, code, text);

    assertThat(reply.outcome()).isEqualTo(status + " " + code);
    assertThat(reply.json().path("error").asText()).isEqualTo(text);
  }

  @Test
  void idThatNoRoomCanHaveIsUnknownAsWell() {
    assertThat(purge("nonsense").fail(404, "M_NOT_FOUND", "Unknown room id nonsense").outcome())
        .isEqualTo("404 M_NOT_FOUND");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "''; 400 M_NOT_JSON",
        "{; 400 M_NOT_JSON",
        "[]; 400 M_BAD_JSON",
        "{}; 400 M_MISSING_PARAM",
        "{\"room_id\": null}; 400 M_BAD_JSON",
        "{\"room_id\": 1}; 400 M_BAD_JSON",
        "{\"room_id\": \"!r\\u0000:chat.example\"}; 400 M_BAD_JSON"
      })
  void badInputIsRefusedInThisOrderAndLeavesNoJob(String body, String outcome) {
    var jobs = gateway.value("select count(*) from jobs.job");

    assertThat(gateway.admin().post(PURGE, body).outcome()).isEqualTo(outcome);
    assertThat(gateway.value("select count(*) from jobs.job")).isEqualTo(jobs);
  }

  @Test
  void secondCallForARoomIsNoConflict() {
    var room = abandonedRoom();
    var first = purge(room);
    var second = purge(room);

    assertThat(first.complete().status()).isEqualTo(200);
    assertThat(second.fail(404, "M_NOT_FOUND", "Unknown room id " + room).outcome())
        .isEqualTo("404 M_NOT_FOUND");
  }

  @Test
  void onlyAdminsPurgeRooms() {
    assertThat(gateway.strangers("POST", PURGE)).isEqualTo(CommunityGateway.REFUSED);
  }
}
