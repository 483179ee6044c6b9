package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.testing.homeserver.Community;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gives a user a new password. */
@Section("4.8")
class PasswordResetIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static final String RESET = "/_synapse/admin/v1/reset_password/";

  private static String body(String password) {
    return "{\"new_password\": \"" + password + "\"}";
  }

  private static String login(String user, String password) {
    return gateway
        .nobody()
        .post(
            "/_matrix/client/v3/login",
            "{\"type\": \"m.login.password\", \"user\": \"%s\", \"password\": \"%s\"}"
                .formatted(user, password))
        .outcome();
  }

  @Test
  void newPasswordOpensAndTheOldOneNoLonger() {
    var user = gateway.newUser("reset");

    assertThat(gateway.admin().post(RESET + user, body("first")).body()).isEqualTo("{}");
    assertThat(login(user, "first")).isEqualTo("200");
    assertThat(gateway.admin().post(RESET + user, body("second")).outcome()).isEqualTo("200");

    assertThat(login(user, "first")).isEqualTo("403 M_FORBIDDEN");
    assertThat(login(user, "second")).isEqualTo("200");
  }

  @Test
  void emptyAndLongPasswordsArePasswords() {
    var user = gateway.newUser("reset");

    assertThat(gateway.admin().post(RESET + user, body("")).outcome()).isEqualTo("200");
    assertThat(login(user, "")).isEqualTo("200");
    assertThat(gateway.admin().post(RESET + user, body("x".repeat(512))).outcome())
        .isEqualTo("200");
    assertThat(login(user, "x".repeat(512))).isEqualTo("200");
    assertThat(gateway.admin().post(RESET + user, body("x".repeat(513))).outcome())
        .isEqualTo("400 M_UNKNOWN");
    assertThat(login(user, "x".repeat(513))).isEqualTo("403 M_FORBIDDEN");
  }

  @Test
  void sessionsEndWithAllThatIsTheirs() {
    var user = gateway.newUser("reset");
    var sessions = new SessionRows(gateway, user);
    sessions.add("A");
    sessions.add("B");
    gateway.newToken(user, null);
    var puppet = sessions.puppetOf(Community.user("admin"));

    gateway.admin().post(RESET + user, body("x"));

    assertThat(sessions.left()).containsExactly("hidden device", "backup key");
    assertThat(gateway.with(puppet).get("/_matrix/client/v3/account/whoami").outcome())
        .isEqualTo("200");
  }

  @Test
  void sessionsGoOnIfAskedFor() {
    var user = gateway.newUser("reset");
    var token = gateway.newToken(user, "A");

    gateway.admin().post(RESET + user, "{\"new_password\": \"x\", \"logout_devices\": false}");

    assertThat(gateway.with(token).get("/_matrix/client/v3/account/whoami").outcome())
        .isEqualTo("200");
  }

  @Test
  void adminWhoResetsTheirOwnPasswordKeepsTheSessionTheyUse() {
    var user = gateway.newUser("reset");
    gateway.execute("update homeserver.account set admin = true where user_id = ?", user);
    var sessions = new SessionRows(gateway, user);
    sessions.add("MINE");
    sessions.add("OTHER");
    var mine = gateway.newToken(user, "MINE");

    assertThat(gateway.with(mine).post(RESET + user, body("x")).outcome()).isEqualTo("200");

    assertThat(gateway.with(mine).get(RESET.replace("reset_password/", "whois/") + user).outcome())
        .isEqualTo("200");
    assertThat(sessions.left())
        .containsExactly(
            "device MINE",
            "device key of MINE",
            "pusher of MINE",
            "token of MINE",
            "hidden device",
            "backup key");
  }

  @Test
  void deactivatedUserGetsAPasswordAndStaysDeactivated() {
    var user = gateway.newUser("reset");
    gateway.execute("update homeserver.account set deactivated = true where user_id = ?", user);

    assertThat(gateway.admin().post(RESET + user, body("x")).outcome()).isEqualTo("200");

    assertThat(login(user, "x")).isEqualTo("403 M_USER_DEACTIVATED");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "nonsense; {; 400 M_INVALID_PARAM",
        "@nobody:chat.example; ''; 400 M_NOT_JSON",
        "@nobody:chat.example; {; 400 M_NOT_JSON",
        "@nobody:chat.example; []; 400 M_BAD_JSON",
        "@nobody:chat.example; {}; 400 M_MISSING_PARAM",
        "@nobody:chat.example; {\"logout_devices\": 1}; 400 M_MISSING_PARAM",
        "@nobody:chat.example; {\"new_password\": 1}; 400 M_INVALID_PARAM",
        "@nobody:chat.example; {\"new_password\": null}; 400 M_INVALID_PARAM",
        "@nobody:chat.example; {\"new_password\": \"a\\u0000\"}; 400 M_BAD_JSON",
        "@nobody:chat.example; {\"new_password\": \"x\", \"logout_devices\": 1}; 400 M_INVALID_PARAM",
        "@nobody:chat.example; {\"new_password\": \"x\", \"logout_devices\": null}; 400 M_INVALID_PARAM",
        "@nobody:chat.example; {\"new_password\": \"x\"}; 404 M_NOT_FOUND",
        "@ada:other.example; {\"new_password\": \"x\"}; 404 M_NOT_FOUND",
        "@ADA:chat.example; {\"new_password\": \"x\"}; 404 M_NOT_FOUND"
      })
  void badInputIsRefusedInThisOrder(String id, String body, String outcome) {
    assertThat(gateway.admin().post(RESET + id, body).outcome()).isEqualTo(outcome);
  }

  @Test
  void onlyAdminsResetPasswords() {
    assertThat(gateway.strangers("POST", RESET + "nonsense")).isEqualTo(CommunityGateway.REFUSED);
  }
}
