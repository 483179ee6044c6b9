package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.gateway.Reply;
import dev.bailiff.testing.homeserver.Community;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rooms of a user. */
@Section({"4.11", "5.27"})
class UserRoomsIT {
  /** A user in rooms of the snapshot alone: no other class makes rooms of this user. */
  private static final String CORA = Community.user("cora");

  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static final String USERS = "/_synapse/admin/v1/users/";

  private static Reply joined(String user) {
    return gateway.admin().get(USERS + user + "/joined_rooms");
  }

  private static Reply memberships(String user) {
    return gateway.admin().get(USERS + user + "/memberships");
  }

  private static String room() {
    var room = "!" + gateway.newName("room") + ":chat.example";
    gateway.rooms().room(room);
    gateway.rooms().current(room, "m.room.create", "", "$c" + room);
    return room;
  }

  private static void member(String room, String user, String membership) {
    gateway.execute(
        "insert into homeserver.membership values (?, ?, ?, ?, true)",
        room,
        user,
        membership,
        "$m" + room);
  }

  @Test
  @Section("4.11")
  void joinedRoomsAreThoseWhoseMembersTheUserIsAmong() {
    var rooms = joined(CORA).json();

    assertThat(rooms.path("total").intValue())
        .isPositive()
        .isEqualTo(rooms.path("joined_rooms").size());
    for (var room : rooms.path("joined_rooms")) {
      assertThat(
              gateway
                  .admin()
                  .get("/_synapse/admin/v1/rooms/" + room.asText() + "/members")
                  .json()
                  .path("members")
                  .toString())
          .contains("\"" + CORA + "\"");
    }
  }

  @Test
  void joinedRoomsAreAPartOfTheMemberships() {
    var user = gateway.newUser("member");
    var in = room();
    var out = room();
    member(in, user, "join");
    member(out, user, "ban");

    assertThat(joined(user).json().path("joined_rooms").toString()).isEqualTo("[\"" + in + "\"]");
    assertThat(memberships(user).json().path("memberships").path(in).asText()).isEqualTo("join");
    assertThat(memberships(user).json().path("memberships").path(out).asText()).isEqualTo("ban");
  }

  @Test
  @Section("4.11")
  void joinedRoomsAreListedForLocalAndRemoteUsers() {
    var user = gateway.newUser("member");
    var far = "@" + gateway.newName("far") + ":away.example";
    var room = gateway.newRoom(user).member(far, "join").id();

    assertThat(joined(user).body()).isEqualTo("{\"joined_rooms\":[\"" + room + "\"],\"total\":1}");
    assertThat(joined(far).json().path("total").intValue()).isEqualTo(1);
  }

  @Test
  @Section("5.27")
  void everyMembershipIsShownInForgottenRoomsToo() {
    var user = gateway.newUser("member");
    for (var membership : List.of("join", "leave", "invite", "ban", "knock")) {
      member(room(), user, membership);
    }

    var shown = memberships(user).json().path("memberships");

    assertThat(shown)
        .hasSize(5)
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrder("join", "leave", "invite", "ban", "knock");
  }

  @Test
  void remoteUsersHaveTheRoomsTheyShareWithUs() {
    var room = room();
    var user = "@" + gateway.newName("far") + ":away.example";
    member(room, user, "join");

    assertThat(joined(user).body()).isEqualTo("{\"joined_rooms\":[\"" + room + "\"],\"total\":1}");
    assertThat(memberships(user).body()).isEqualTo("{\"memberships\":{\"" + room + "\":\"join\"}}");
  }

  @Test
  void roomWithoutCurrentStateHasNobody() {
    var user = gateway.newUser("member");
    var room = room();
    member(room, user, "join");
    gateway.execute("delete from homeserver.current_state where room_id = ?", room);

    assertThat(joined(user).body()).isEqualTo("{\"joined_rooms\":[],\"total\":0}");
    assertThat(memberships(user).body()).isEqualTo("{\"memberships\":{}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"@nobody:chat.example", "@nobody:away.example", "nonsense", ""})
  void nobodyIsUnknown(String id) {
    assertThat(joined(id).body()).isEqualTo("{\"joined_rooms\":[],\"total\":0}");
    assertThat(memberships(id).body()).isEqualTo("{\"memberships\":{}}");
  }

  @Test
  void onlyAdminsSeeRoomsOfUsers() {
    assertThat(gateway.strangers("GET", USERS + "nonsense/joined_rooms"))
        .isEqualTo(CommunityGateway.REFUSED);
    assertThat(gateway.strangers("GET", USERS + "nonsense/memberships"))
        .isEqualTo(CommunityGateway.REFUSED);
  }
}
