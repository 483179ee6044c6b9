package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.gateway.Reply;
import dev.bailiff.testing.homeserver.EventRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How many invites a user sent, and how many rooms they joined. */
@Section({"5.28", "5.29"})
class UserCountsIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static final String USERS = "/_synapse/admin/v1/users/";

  private static Reply invites(String user, String query) {
    return gateway.admin().get(USERS + user + "/sent_invite_count" + query);
  }

  private static Reply joins(String user, String query) {
    return gateway.admin().get(USERS + user + "/cumulative_joined_room_count" + query);
  }

  private static String room() {
    return "!" + gateway.newName("counted") + ":chat.example";
  }

  private static void membership(String room, String sender, String user, String content, long at) {
    EventRow.of(room, "m.room.member", sender, user)
        .at(at)
        .content(content)
        .insert(gateway.jdbi(), "$" + gateway.newName("event"));
  }

  private static String content(String membership) {
    return "{\"membership\": \"" + membership + "\", \"displayname\": \"\\u0000\"}";
  }

  @Test
  @Section("5.28")
  void invitesAreCountedFromTheTimeOn() {
    var user = gateway.newUser("inviter");
    var room = room();
    membership(room, user, "@a:chat.example", content("invite"), 1000);
    membership(room, user, "@b:chat.example", content("invite"), 2000);
    membership(room, user, "@b:chat.example", content("invite"), 3000);

    assertThat(invites(user, "?from_ts=0").body()).isEqualTo("{\"invite_count\":3}");
    assertThat(invites(user, "?from_ts=2000").body()).isEqualTo("{\"invite_count\":2}");
    assertThat(invites(user, "?from_ts=3001").body()).isEqualTo("{\"invite_count\":0}");
  }

  @Test
  @Section("5.28")
  void kicksBansOwnJoinsAndInvitesByOthersDoNotCount() {
    var user = gateway.newUser("inviter");
    var room = room();
    membership(room, user, "@a:chat.example", content("leave"), 1000);
    membership(room, user, "@a:chat.example", content("ban"), 1000);
    membership(room, user, user, content("join"), 1000);
    membership(room, "@a:chat.example", user, content("invite"), 1000);
    membership(room, user, "@a:chat.example", "{\"membership\": 1}", 1000);

    assertThat(invites(user, "?from_ts=0").body()).isEqualTo("{\"invite_count\":0}");
  }

  @Test
  @Section("5.29")
  void roomsAreCountedOnceThoughLeftSinceAndJoinedTwice() {
    var user = gateway.newUser("joiner");
    var first = room();
    var second = room();
    membership(first, user, user, content("join"), 1000);
    membership(first, user, user, content("leave"), 1500);
    membership(first, user, user, content("join"), 2000);
    membership(second, user, user, content("join"), 1000);
    membership(second, "@a:chat.example", user, content("ban"), 2000);
    membership(room(), "@a:chat.example", user, content("invite"), 2000);

    assertThat(joins(user, "?from_ts=0").body()).isEqualTo("{\"cumulative_joined_room_count\":2}");
    assertThat(joins(user, "?from_ts=1001").body())
        .isEqualTo("{\"cumulative_joined_room_count\":1}");
    assertThat(joins(user, "?from_ts=2001").body())
        .isEqualTo("{\"cumulative_joined_room_count\":0}");
  }

  @Test
  @Section("5.29")
  void joinsOfTheCommunityAreThereStill() {
    var joined =
        gateway
            .admin()
            .get(USERS + "@ada:chat.example/joined_rooms")
            .json()
            .path("total")
            .intValue();

    assertThat(
            joins("@ada:chat.example", "?from_ts=0")
                .json()
                .path("cumulative_joined_room_count")
                .intValue())
        .isGreaterThanOrEqualTo(joined);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 400 M_MISSING_PARAM",
    "?from_ts=, 400 M_INVALID_PARAM",
    "?from_ts=x, 400 M_INVALID_PARAM",
    "?from_ts=-1, 400 M_INVALID_PARAM",
    "?from_ts=9223372036854775808, 400 M_INVALID_PARAM",
    "?from_ts=9223372036854775807, 200"
  })
  void timeHasToBeGiven(String query, String outcome) {
    assertThat(invites("@ada:chat.example", query).outcome()).isEqualTo(outcome);
    assertThat(joins("nonsense", query).outcome()).isEqualTo(outcome);
  }

  @ParameterizedTest
  @ValueSource(strings = {"@nobody:chat.example", "@nobody:other.example", "nonsense", ""})
  void nobodyIsUnknown(String id) {
    assertThat(invites(id, "?from_ts=0").body()).isEqualTo("{\"invite_count\":0}");
    assertThat(joins(id, "?from_ts=0").body()).isEqualTo("{\"cumulative_joined_room_count\":0}");
  }

  @Test
  void onlyAdminsCount() {
    assertThat(gateway.strangers("GET", USERS + "x/sent_invite_count"))
        .isEqualTo(CommunityGateway.REFUSED);
    assertThat(gateway.strangers("GET", USERS + "x/cumulative_joined_room_count"))
        .isEqualTo(CommunityGateway.REFUSED);
  }
}
