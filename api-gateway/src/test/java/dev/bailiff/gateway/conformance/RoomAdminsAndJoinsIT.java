package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.gateway.Reply;
import dev.bailiff.testing.RandomText;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.homeserver.MadeRoom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Section("5.35")
class RoomAdminsAndJoinsIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static final String ADA = Community.user("ada");
  private static final String BELA = Community.user("bela");
  private static final String ADMIN = Community.user("admin");

  @Test
  void callerGetsThePowerOfTheMostPowerfulAndIsInvited() {
    var room =
        gateway.newRoom(ADA).powerLevels("{\"ban\":60,\"users\":{\"%s\":90}}".formatted(ADA));

    assertThat(makeAdmin(room.id(), "").body()).isEqualTo("{}");

    var levels = state(room, "m.room.power_levels", "");
    assertThat(levels.path("sender").asText()).isEqualTo(ADA);
    assertThat(levels.path("content").toString())
        .isEqualTo("{\"ban\":60,\"users\":{\"%s\":90,\"%s\":90}}".formatted(ADA, ADMIN));
    var invite = state(room, "m.room.member", ADMIN);
    assertThat(invite.path("sender").asText()).isEqualTo(ADA);
    assertThat(invite.at("/content/membership").asText()).isEqualTo("invite");
    assertThat(invite.at("/content/displayname").asText()).isEqualTo("admin");
    assertThat(membership(room, ADMIN)).isEqualTo("invite");
  }

  @Test
  void namedUserNeedNotExistAndMembersAreNotInvitedAgain() {
    var room = gateway.newRoom(ADA).member(BELA, "join");

    makeAdmin(room.id(), "{\"user_id\": \"@ghost:chat.example\"}");
    makeAdmin(room.id(), "{\"user_id\": \"%s\"}".formatted(BELA));

    assertThat(state(room, "m.room.power_levels", "").at("/content/users").toString())
        .isEqualTo("{\"%s\":100,\"@ghost:chat.example\":100,\"%s\":100}".formatted(ADA, BELA));
    assertThat(membership(room, "@ghost:chat.example")).isEqualTo("invite");
    assertThat(membership(room, BELA)).isEqualTo("join");
  }

  @Test
  void nobodyIsInvitedIntoAPublicRoom() {
    var room = gateway.newRoom(ADA).open();

    makeAdmin(room.id(), "{}");

    assertThat(membership(room, ADMIN)).isNull();
  }

  @Test
  void whatIsThereAlreadyIsNotWrittenAgain() {
    var room = gateway.newRoom(ADA).open();
    makeAdmin(room.id(), "{}");
    var levels = state(room, "m.room.power_levels", "").path("event_id");

    makeAdmin(room.id(), "{}");

    assertThat(state(room, "m.room.power_levels", "").path("event_id")).isEqualTo(levels);
  }

  @Test
  void aliasNamesARoomToo() {
    var room = gateway.newRoom(ADA).open();

    assertThat(makeAdmin(alias(room), "{}").status()).isEqualTo(200);
    assertThat(state(room, "m.room.power_levels", "").at("/content/users").has(ADMIN)).isTrue();
  }

  @Test
  void onlyWhoIsJoinedHandsPowerOn() {
    var room =
        gateway
            .newRoom(ADA)
            .powerLevels("{\"users\":{\"%s\":100,\"%s\":70}}".formatted(ADA, BELA))
            .open()
            .member(BELA, "join")
            .member(ADA, "leave");

    makeAdmin(room.id(), "{}");

    assertThat(state(room, "m.room.power_levels", "").path("sender").asText()).isEqualTo(BELA);
    assertThat(state(room, "m.room.power_levels", "").at("/content/users/" + ADMIN).intValue())
        .isEqualTo(70);
  }

  @Test
  void creatorOfTheNewestRoomVersionGoesFirstAndHandsOnAHundred() {
    var room =
        MadeRoom.of(
                gateway.jdbi(),
                gateway.newName("!newest") + ":chat.example",
                "12",
                ADA,
                "{\"room_version\":\"12\"}")
            .member(BELA, "join")
            .open()
            .powerLevels("{\"users\":{\"%s\":150}}".formatted(BELA));

    makeAdmin(room.id(), "{}");

    assertThat(state(room, "m.room.power_levels", "").path("sender").asText()).isEqualTo(ADA);
    assertThat(state(room, "m.room.power_levels", "").at("/content/users").toString())
        .isEqualTo("{\"%s\":150,\"%s\":100}".formatted(BELA, ADMIN));
    assertThat(makeAdmin(room.id(), "{\"user_id\": \"%s\"}".formatted(ADA)).outcome())
        .isEqualTo("400 M_UNKNOWN");
  }

  @Test
  void namesInPowerThatNobodyCanHaveArePassedOver() {
    var odd = "\"@a\\u0000:chat.example\":200,\"@\\ud800:chat.example\":200";
    var room =
        gateway
            .newRoom(ADA)
            .powerLevels(
                "{\"users\":{%s,\"@%s:chat.example\":200,\"%s\":100}}"
                    .formatted(odd, RandomText.ofLength(8_000), ADA));
    var newest =
        MadeRoom.of(
                gateway.jdbi(),
                gateway.newName("!newest") + ":chat.example",
                "12",
                ADA,
                "{\"room_version\":\"12\",\"additional_creators\":[\"@\\u0000:chat.example\"]}")
            .powerLevels("{}");

    assertThat(makeAdmin(room.id(), "{}").body()).isEqualTo("{}");
    assertThat(makeAdmin(newest.id(), "{}").body()).isEqualTo("{}");
    assertThat(state(room, "m.room.power_levels", "").path("sender").asText()).isEqualTo(ADA);
  }

  @Test
  void roomWithoutLevelsIsItsCreators() {
    var room =
        MadeRoom.of(gateway.jdbi(), gateway.newName("!bare") + ":chat.example", "10", ADA, "{}")
            .open();

    makeAdmin(room.id(), "{}");

    assertThat(state(room, "m.room.power_levels", "").path("content").toString())
        .isEqualTo("{\"users\":{\"%s\":100,\"%s\":100}}".formatted(ADA, ADMIN));
  }

  @Test
  void powerThatDoesNotSufficeChangesNothing() {
    var weak =
        gateway
            .newRoom(ADA)
            .powerLevels("{\"state_default\":100,\"users\":{\"%s\":50}}".formatted(ADA));
    var remote =
        gateway
            .newRoom(ADA)
            .member("@far:other.example", "join")
            .powerLevels("{\"users\":{\"@far:other.example\":100}}");
    var equal =
        gateway.newRoom(ADA).powerLevels("{\"users\":{\"%s\":60,\"%s\":60}}".formatted(ADA, BELA));

    assertThat(makeAdmin(weak.id(), "{}").outcome()).isEqualTo("400 M_UNKNOWN");
    assertThat(makeAdmin(remote.id(), "{}").outcome()).isEqualTo("400 M_UNKNOWN");
    assertThat(state(weak, "m.room.power_levels", "").at("/content/users")).hasSize(1);
    assertThat(makeAdmin(equal.id(), "{\"user_id\": \"%s\"}".formatted(BELA)).status())
        .isEqualTo(200);
  }

  @Test
  void refusedInviteIsTheAnswerAndThePowerStays() {
    var blocked = gateway.newRoom(ADA);
    gateway.admin().put("/_synapse/admin/v1/rooms/" + blocked.id() + "/block", "{\"block\":true}");
    var banned = gateway.newRoom(ADA).member(BELA, "ban");

    assertThat(makeAdmin(blocked.id(), "{}").outcome()).isEqualTo("403 M_UNKNOWN");
    assertThat(makeAdmin(banned.id(), "{\"user_id\": \"%s\"}".formatted(BELA)).outcome())
        .isEqualTo("403 M_BAD_STATE");
    assertThat(state(blocked, "m.room.power_levels", "").at("/content/users").has(ADMIN)).isTrue();
    assertThat(state(banned, "m.room.power_levels", "").at("/content/users").has(BELA)).isTrue();
    assertThat(membership(blocked, ADMIN)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{; nonsense; 400 M_NOT_JSON",
        "[]; nonsense; 400 M_BAD_JSON",
        "{}; nonsense; 400 M_UNKNOWN",
        "{}; %23unknown:chat.example; 404 M_NOT_FOUND",
        "{}; %23any:other.example; 404 M_NOT_FOUND",
        "{}; !unknown:chat.example; 400 M_UNKNOWN",
        "{\"user_id\": 5}; !unknown:chat.example; 400 M_UNKNOWN"
      })
  void bodyThenRoomAreChecked(String body, String room, String outcome) {
    assertThat(makeAdmin(room, body).outcome()).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "5; 400 M_BAD_JSON",
        "null; 400 M_BAD_JSON",
        "\"nonsense\"; 400 M_UNKNOWN",
        "\"@a\"; 400 M_UNKNOWN",
        "\"@a\\u0000:chat.example\"; 400 M_BAD_JSON"
      })
  void userIsCheckedLast(String user, String outcome) {
    var room = gateway.newRoom(ADA);

    assertThat(makeAdmin(room.id(), "{\"user_id\": " + user + "}").outcome()).isEqualTo(outcome);
    assertThat(state(room, "m.room.power_levels", "").at("/content/users")).hasSize(1);
    assertThat(makeAdmin(room.abandoned().id(), "{}").outcome()).isEqualTo("400 M_UNKNOWN");
  }

  @Test
  void userIsJoinedToAPublicRoom() {
    var room = gateway.newRoom(ADA).open();
    var user = gateway.newUser("joiner");

    assertThat(join(room.id(), user).body()).isEqualTo("{\"room_id\":\"" + room.id() + "\"}");

    var member = state(room, "m.room.member", user);
    assertThat(member.path("sender").asText()).isEqualTo(user);
    assertThat(member.path("content").toString()).isEqualTo("{\"membership\":\"join\"}");
    assertThat(membership(room, user)).isEqualTo("join");
    assertThat(
            gateway
                .admin()
                .get("/_synapse/admin/v1/users/" + user + "/joined_rooms")
                .json()
                .path("joined_rooms")
                .path(0)
                .asText())
        .isEqualTo(room.id());
  }

  @Test
  void joinByAliasAnswersTheRoomAndOnceMoreIsFine() {
    var room = gateway.newRoom(ADA).open();
    var alias = alias(room);

    assertThat(join(alias + "?server_name=a.example&server_name=b.example", BELA).json())
        .hasToString("{\"room_id\":\"" + room.id() + "\"}");
    var event = state(room, "m.room.member", BELA).path("event_id");
    assertThat(join(alias, BELA).status()).isEqualTo(200);
    assertThat(state(room, "m.room.member", BELA).path("event_id")).isEqualTo(event);
  }

  @Test
  void intoARoomThatIsNotPublicTheAdminInvites() {
    var room = gateway.newRoom(ADA).member(ADMIN, "join");

    assertThat(join(room.id(), BELA).status()).isEqualTo(200);

    assertThat(membership(room, BELA)).isEqualTo("join");
    var replaced = state(room, "m.room.member", BELA).path("replaces_state").asText();
    assertThat(gateway.value("select sender from homeserver.event where event_id = ?", replaced))
        .isEqualTo(ADMIN);
    assertThat(join(room.id(), BELA).outcome()).isEqualTo("403 M_FORBIDDEN");
  }

  @Test
  void adminWhoIsNotThereOrMayNotInviteJoinsNobody() {
    var without = gateway.newRoom(ADA);
    var weak =
        gateway
            .newRoom(ADA)
            .member(ADMIN, "join")
            .powerLevels("{\"invite\":50,\"users\":{\"%s\":100}}".formatted(ADA));

    assertThat(join(without.id(), BELA).outcome()).isEqualTo("403 M_FORBIDDEN");
    assertThat(join(weak.id(), BELA).outcome()).isEqualTo("403 M_FORBIDDEN");
    assertThat(membership(without, BELA)).isNull();
    assertThat(membership(weak, BELA)).isNull();
  }

  @Test
  void whoIsBannedOrSuspendedOrKeptOutByABlockIsNotJoined() {
    var room = gateway.newRoom(ADA).open().member(BELA, "ban");
    var suspended = gateway.newUser("suspended");
    gateway.execute("update homeserver.account set suspended = true where user_id = ?", suspended);
    var blocked = gateway.newRoom(ADA).open();
    gateway.admin().put("/_synapse/admin/v1/rooms/" + blocked.id() + "/block", "{\"block\":true}");

    assertThat(join(room.id(), BELA).outcome()).isEqualTo("403 M_BAD_STATE");
    assertThat(join(room.id(), suspended).outcome()).isEqualTo("403 M_USER_SUSPENDED");
    assertThat(join(blocked.id(), BELA).outcome()).isEqualTo("403 M_UNKNOWN");
    assertThat(membership(blocked, BELA)).isNull();
  }

  @Test
  void lockedAndDeactivatedUsersAreNotRefused() {
    var room = gateway.newRoom(ADA).open();
    var user = gateway.newUser("locked");
    gateway.execute(
        "update homeserver.account set locked = true, deactivated = true where user_id = ?", user);

    assertThat(join(room.id(), user).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "''; nonsense; 400 M_NOT_JSON",
        "[]; nonsense; 400 M_BAD_JSON",
        "{}; nonsense; 400 M_MISSING_PARAM",
        "{\"user_id\": \"bela\"}; nonsense; 400 M_INVALID_PARAM",
        "{\"user_id\": 5}; nonsense; 400 M_INVALID_PARAM",
        "{\"user_id\": null}; nonsense; 400 M_INVALID_PARAM",
        "{\"user_id\": \"@a:other.example\"}; nonsense; 400 M_UNKNOWN",
        "{\"user_id\": \"@nobody:chat.example\"}; nonsense; 404 M_NOT_FOUND",
        "{\"user_id\": \"@bela:chat.example\"}; nonsense; 400 M_UNKNOWN",
        "{\"user_id\": \"@bela:chat.example\"}; %23unknown:chat.example; 404 M_NOT_FOUND",
        "{\"user_id\": \"@bela:chat.example\"}; !unknown:chat.example; 404 M_UNKNOWN"
      })
  void userThenRoomOfAJoinAreChecked(String body, String room, String outcome) {
    assertThat(gateway.admin().post("/_synapse/admin/v1/join/" + room, body).outcome())
        .isEqualTo(outcome);
  }

  @Test
  void foreignUserIsToldInTheWordsThatClientsCompare() {
    assertThat(join("nonsense", "@a:other.example").json().path("error").asText())
        .isEqualTo("This endpoint can only be used with local users");
  }

  @ParameterizedTest
  @ValueSource(strings = {"leave", "invite"})
  void roomThatTheLastLocalUserLeftIsUnknownToAJoin(String membership) {
    var room = gateway.newRoom(ADA).open().abandoned();
    gateway.rooms().member(room.id(), BELA, membership, "$x");

    assertThat(join(room.id(), BELA).outcome()).isEqualTo("404 M_UNKNOWN");
  }

  private static Reply makeAdmin(String room, String body) {
    return gateway.admin().post("/_synapse/admin/v1/rooms/" + room + "/make_room_admin", body);
  }

  private static Reply join(String room, String user) {
    return gateway
        .admin()
        .post("/_synapse/admin/v1/join/" + room, "{\"user_id\": \"" + user + "\"}");
  }

  private static String alias(MadeRoom room) {
    var alias = "#" + gateway.newName("alias") + ":chat.example";
    gateway.rooms().alias(alias, room.id());
    return alias.replace("#", "%23");
  }

  private static String membership(MadeRoom room, String user) {
    return gateway.value(
        "select membership from homeserver.membership where room_id = ? and user_id = ?",
        room.id(),
        user);
  }

  private static JsonNode state(MadeRoom room, String type, String key) {
    var events =
        gateway
            .admin()
            .get("/_synapse/admin/v1/rooms/" + room.id() + "/state?type=" + type)
            .json()
            .path("state");
    for (var event : events) {
      if (event.path("state_key").asText().equals(key)) {
        return event;
      }
    }
    throw new AssertionError("no " + type + " of " + key + " in " + events);
  }
}
