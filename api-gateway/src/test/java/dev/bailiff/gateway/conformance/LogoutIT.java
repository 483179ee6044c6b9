package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.testing.homeserver.Community;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Logs a session out, or all of a user. */
@Section({"4.16", "4.17"})
class LogoutIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static final String WHOAMI = "/_matrix/client/v3/account/whoami";
  private static final List<String> LOGOUT =
      List.of("/_matrix/client/v3/logout", "/_matrix/client/r0/logout");

  @Test
  @Section("4.16")
  void logoutTakesTheDeviceWithAllThatIsItsOwn() {
    for (var logout : LOGOUT) {
      var user = gateway.newUser("logout");
      var sessions = new SessionRows(gateway, user);
      var token = sessions.add("A");
      var sameDevice = gateway.newToken(user, "A");
      var other = sessions.add("B");

      assertThat(gateway.with(token).post(logout, "not JSON").body()).isEqualTo("{}");

      assertThat(gateway.with(token).post(logout, null).outcome()).isEqualTo("401 M_UNKNOWN_TOKEN");
      assertThat(gateway.with(sameDevice).get(WHOAMI).outcome()).isEqualTo("401 M_UNKNOWN_TOKEN");
      assertThat(gateway.with(other).get(WHOAMI).outcome()).isEqualTo("200");
      assertThat(sessions.left())
          .containsExactly(
              "device B",
              "device key of B",
              "pusher of B",
              "token of B",
              "hidden device",
              "backup key");
    }
  }

  @Test
  @Section("4.16")
  void logoutOfAPuppetTokenTakesItAlone() {
    var user = gateway.newUser("logout");
    var sessions = new SessionRows(gateway, user);
    var own = sessions.add("A");
    var puppet = sessions.puppetOf(Community.user("admin"));
    var secondPuppet = sessions.puppetOf(Community.user("admin"));

    gateway.with(puppet).post(LOGOUT.get(0), null);

    assertThat(gateway.with(puppet).get(WHOAMI).outcome()).isEqualTo("401 M_UNKNOWN_TOKEN");
    assertThat(gateway.with(puppet).get(WHOAMI).json().path("soft_logout").booleanValue())
        .isFalse();
    assertThat(gateway.with(secondPuppet).get(WHOAMI).outcome()).isEqualTo("200");
    assertThat(gateway.with(own).get(WHOAMI).outcome()).isEqualTo("200");
  }

  @Test
  void lockedUsersLogOut() {
    var user = gateway.newUser("logout");
    var first = gateway.newToken(user, "A");
    var second = gateway.newToken(user, "B");
    gateway.execute("update homeserver.account set locked = true where user_id = ?", user);

    assertThat(gateway.with(first).post(LOGOUT.get(0), null).outcome()).isEqualTo("200");
    assertThat(gateway.with(second).post(LOGOUT.get(0) + "/all", null).outcome()).isEqualTo("200");
    assertThat(new SessionRows(gateway, user).left()).isEmpty();
  }

  @Test
  @Section("4.17")
  void userWhoLogsOutEverywhereKeepsNoSessionAndEndsNoPuppetToken() {
    for (var logout : LOGOUT) {
      var user = gateway.newUser("logout");
      var sessions = new SessionRows(gateway, user);
      var token = sessions.add("A");
      sessions.add("B");
      gateway.newToken(user, null);
      var puppet = sessions.puppetOf(Community.user("admin"));

      assertThat(gateway.with(token).post(logout + "/all", "").body()).isEqualTo("{}");

      assertThat(sessions.left()).containsExactly("hidden device", "backup key");
      assertThat(gateway.with(puppet).get(WHOAMI).outcome()).isEqualTo("200");
    }
  }

  @Test
  @Section("4.17")
  void adminWhoLogsOutEverywhereEndsTheirPuppetTokens() {
    var user = gateway.newUser("logout");
    var admin = gateway.newUser("logout");
    var own = gateway.newToken(user, "A");
    var puppet = new SessionRows(gateway, user).puppetOf(admin);

    gateway.with(gateway.newToken(admin, "X")).post(LOGOUT.get(0) + "/all", null);

    assertThat(gateway.with(puppet).get(WHOAMI).outcome()).isEqualTo("401 M_UNKNOWN_TOKEN");
    assertThat(gateway.with(own).get(WHOAMI).outcome()).isEqualTo("200");
  }

  @Test
  @Section("4.17")
  void puppetTokenLogsAllSessionsOfTheUserOutAndSurvives() {
    var user = gateway.newUser("logout");
    var sessions = new SessionRows(gateway, user);
    sessions.add("A");
    var puppet = sessions.puppetOf(Community.user("admin"));

    assertThat(gateway.with(puppet).post(LOGOUT.get(0) + "/all", null).outcome()).isEqualTo("200");

    assertThat(sessions.left()).containsExactly("hidden device", "backup key");
    assertThat(gateway.with(puppet).get(WHOAMI).outcome()).isEqualTo("200");
  }

  @Test
  void tokenThatHasRunOutEndsItsSessionAndThatOfAGuestDoesNot() {
    var user = gateway.newUser("logout");
    var token = gateway.newToken(user, "A");
    gateway.execute(
        "update homeserver.access_token set valid_until_at = 1 where user_id = ?", user);
    var guest = gateway.newUser("logout");
    gateway.execute("update homeserver.account set is_guest = true where user_id = ?", guest);

    assertThat(gateway.with(token).post(LOGOUT.get(0), null).outcome()).isEqualTo("200");
    assertThat(gateway.with(gateway.newToken(guest, null)).post(LOGOUT.get(0), null).outcome())
        .isEqualTo("403 M_GUEST_ACCESS_FORBIDDEN");
  }

  @Test
  void whoHasNoSessionCannotEndOne() {
    for (var path : List.of("/_matrix/client/v3/logout", "/_matrix/client/r0/logout/all")) {
      assertThat(gateway.nobody().post(path, null).outcome()).isEqualTo("401 M_MISSING_TOKEN");
      assertThat(gateway.with("x").post(path, null).outcome()).isEqualTo("401 M_UNKNOWN_TOKEN");
    }
  }
}
