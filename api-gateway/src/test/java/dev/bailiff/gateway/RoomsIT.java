package dev.bailiff.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls on rooms that need no job: 4.36, 5.6, 5.9, 5.10. */
class RoomsIT {
  @RegisterExtension static final RunningGateway gateway = RunningGateway.with();

  private static final String ROOMS = "/_synapse/admin/v1/rooms/";

  @Test
  void roomIsShown() {
    var room = gateway.admin().get(ROOMS + Seed.ROOM).json();

    assertThat(room.path("room_id").asText()).isEqualTo(Seed.ROOM);
    assertThat(room.path("joined_members").intValue()).isEqualTo(2);
    assertThat(room.path("joined_local_members").intValue()).isEqualTo(1);
    assertThat(room.has("replacement_room")).isTrue();
    assertThat(gateway.admin().get(ROOMS + "!unknown:chat.example").outcome())
        .isEqualTo("404 M_NOT_FOUND");
  }

  @Test
  void membersAreThoseWhoAreJoined() {
    assertThat(gateway.admin().get(ROOMS + Seed.ROOM + "/members").body())
        .isEqualTo("{\"members\":[\"@ann:chat.example\",\"@far:away.example\"],\"total\":2}");
    assertThat(gateway.admin().get(ROOMS + Seed.EMPTY_ROOM + "/members").body())
        .isEqualTo("{\"members\":[],\"total\":0}");
    assertThat(gateway.admin().get(ROOMS + "nonsense/members").outcome())
        .isEqualTo("404 M_NOT_FOUND");
  }

  @Test
  void firstBlockerStaysRecorded() {
    var block = ROOMS + "!blocked:chat.example/block";

    var blocked = gateway.admin().put(block, "{\"block\": true}");
    new Client(gateway.port(), Seed.OPERATOR_TOKEN).put(block, "{\"block\": true}");

    assertThat(blocked.body()).isEqualTo("{\"block\":true}");
    assertThat(gateway.admin().get(block).body())
        .isEqualTo("{\"block\":true,\"user_id\":\"@admin:chat.example\"}");
    assertThat(gateway.admin().put(block, "{\"block\": false}").body())
        .isEqualTo("{\"block\":false}");
    assertThat(gateway.admin().get(block).body()).isEqualTo("{\"block\":false}");
  }

  @Test
  void operatorTokenActsAsBailiff() {
    var block = ROOMS + "!byoperator:chat.example/block";

    new Client(gateway.port(), Seed.OPERATOR_TOKEN).put(block, "{\"block\": true}");

    assertThat(gateway.admin().get(block).json().path("user_id").asText())
        .isEqualTo("@bailiff:chat.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nonsense", "!a", "!a:", "!a:b%20c", "%23a:chat.example", "!a:chat.example:x", ""})
  void illegalRoomIdIsNamedInTheError(String id) {
    var reply = gateway.admin().get(ROOMS + id + "/block");

    assertThat(reply.outcome()).isEqualTo("400 M_UNKNOWN");
    assertThat(reply.json().path("error").asText())
        .isEqualTo(id.replace("%20", " ").replace("%23", "#") + " is not a legal room ID");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "!:chat.example",
        "!a%2Fb:chat.example:8448",
        "!a:[::1]:123456",
        "!abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ"
      })
  void legalRoomIdNeedNotBeKnown(String id) {
    assertThat(gateway.admin().get(ROOMS + id + "/block").outcome()).isEqualTo("200");
  }
}
