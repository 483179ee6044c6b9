package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.homeserver.MadeRoom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Section({"4.36", "5.6"})
class RoomDetailsIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static final String ROOMS = "/_synapse/admin/v1/rooms/";
  private static final String ANCHOR = "!wWS9O4S3anwSgSeE3lphH8yj7YaFN3yhcFp52dQw-pA";

  @Test
  @Section("5.6")
  void detailsAreThoseOfTheRealServer() {
    assertThat(gateway.admin().get(ROOMS + ANCHOR).body())
        .isEqualTo(
            "{\"room_id\":\"%s\",\"name\":\"signal anchor\",\"canonical_alias\":\"#river-0:chat.example\","
                    .formatted(ANCHOR)
                + "\"joined_members\":19,\"joined_local_members\":19,\"joined_local_devices\":24,"
                + "\"version\":\"12\",\"creator\":\"@ada:chat.example\",\"encryption\":null,"
                + "\"federatable\":true,\"public\":false,\"join_rules\":\"public\",\"guest_access\":null,"
                + "\"history_visibility\":\"shared\",\"state_events\":28,\"room_type\":null,"
                + "\"topic\":\"Beacon bridge meadow?\","
                + "\"avatar\":\"mxc://chat.example/EAIuTyROqJdrkpSmhxILKqmN\","
                + "\"forgotten\":false,\"tombstoned\":false,\"replacement_room\":null}");
  }

  @Test
  @Section("5.6")
  void tombstoneTellsTheReplacement() {
    var room =
        gateway
            .newRoom(Community.user("ada"))
            .state("m.room.tombstone", "{\"replacement_room\":\"!next:chat.example\"}");

    var shown = gateway.admin().get(ROOMS + room.id()).json();

    assertThat(shown.path("tombstoned").booleanValue()).isTrue();
    assertThat(shown.path("replacement_room").asText()).isEqualTo("!next:chat.example");
  }

  @Test
  @Section("5.6")
  void roomIsForgottenWhenNobodyRemembersIt() {
    var room = gateway.newRoom(Community.user("ada")).member(Community.user("bela"), "leave");
    room.abandoned();
    gateway.execute(
        "update homeserver.membership set forgotten = true where room_id = ? and user_id = '@ada:chat.example'",
        room.id());

    assertThat(forgotten(room)).isFalse();

    gateway.execute(
        "update homeserver.membership set forgotten = true where room_id = ?", room.id());
    assertThat(forgotten(room)).isTrue();
  }

  @Test
  @Section("5.6")
  void devicesThatAreHiddenAreNotCounted() {
    var user = gateway.newUser("devices");
    var room = gateway.newRoom(user);
    gateway.addDevice(user, "SEEN");
    gateway.addDevice(user, "HIDDEN");
    gateway.execute(
        "update homeserver.device set hidden = true where user_id = ? and device_id = 'HIDDEN'",
        user);

    assertThat(
            gateway.admin().get(ROOMS + room.id()).json().path("joined_local_devices").intValue())
        .isEqualTo(1);
  }

  @Test
  void roomThatTheLastLocalUserLeftHasNoStateAndNoMembers() {
    var room =
        gateway
            .newRoom(Community.user("ada"))
            .state("m.room.name", "{\"name\":\"gone\"}")
            .state("m.room.topic", "{\"topic\":\"gone\"}");
    room.member("@far:other.example", "join").abandoned();

    var shown = gateway.admin().get(ROOMS + room.id()).json();

    assertThat(shown.path("name").isNull()).isTrue();
    assertThat(shown.path("topic").isNull()).isTrue();
    assertThat(shown.path("join_rules").isNull()).isTrue();
    assertThat(shown.path("joined_members").intValue()).isZero();
    assertThat(shown.path("state_events").intValue()).isEqualTo(7);
    assertThat(shown.path("version").asText()).isEqualTo("10");
    assertThat(gateway.admin().get(ROOMS + room.id() + "/members").body())
        .isEqualTo("{\"members\":[],\"total\":0}");
    assertThat(gateway.admin().get(ROOMS + room.id() + "/state").body())
        .isEqualTo("{\"state\":[]}");
  }

  @Test
  @Section("5.6")
  void membersAreCountedFromWhateverServer() {
    var room =
        gateway
            .newRoom(Community.user("ada"))
            .member("@far:away.example", "join")
            .member(Community.user("bela"), "leave");

    var shown = gateway.admin().get(ROOMS + room.id()).json();

    assertThat(shown.path("room_id").asText()).isEqualTo(room.id());
    assertThat(shown.path("joined_members").intValue()).isEqualTo(2);
    assertThat(shown.path("joined_local_members").intValue()).isEqualTo(1);
    assertThat(shown.has("replacement_room")).isTrue();
  }

  @Test
  @Section("4.36")
  void membersAreThoseWhoAreJoinedFromWhateverServer() {
    var room =
        gateway
            .newRoom(Community.user("ada"))
            .member("@far:other.example", "join")
            .member(Community.user("bela"), "invite")
            .member(Community.user("cora"), "leave")
            .member(Community.user("dina"), "ban");

    assertThat(gateway.admin().get(ROOMS + room.id() + "/members").body())
        .isEqualTo("{\"members\":[\"@ada:chat.example\",\"@far:other.example\"],\"total\":2}");
  }

  @Test
  @Section("4.36")
  void roomThatHasStateAndNobodyInItHasNoMembers() {
    var room = gateway.newRoom(Community.user("ada")).member(Community.user("ada"), "leave");

    assertThat(gateway.admin().get(ROOMS + room.id() + "/members").body())
        .isEqualTo("{\"members\":[],\"total\":0}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"!unknown:chat.example", "nonsense", "", "%21a%2Fb:chat.example"})
  void roomThatIsUnknownOrNoneIsNotFound(String id) {
    assertThat(gateway.admin().get(ROOMS + id).outcome()).isEqualTo("404 M_NOT_FOUND");
    assertThat(gateway.admin().get(ROOMS + id + "/members").outcome()).isEqualTo("404 M_NOT_FOUND");
  }

  private static boolean forgotten(MadeRoom room) {
    return gateway.admin().get(ROOMS + room.id()).json().path("forgotten").booleanValue();
  }
}
