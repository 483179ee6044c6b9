package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.gateway.Reply;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Login by password. */
@Section({"5.31", "5.32"})
class LoginIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static final List<String> LOGIN =
      List.of("/_matrix/client/v3/login", "/_matrix/client/r0/login");

  private static final String USERS = "/_synapse/admin/v2/users/";

  private static Reply login(String body) {
    return gateway.nobody().post(LOGIN.get(0), "{\"type\": \"m.login.password\", " + body + "}");
  }

  private static String ada(String more) {
    return "\"password\": \"pw-ada\", \"identifier\": {\"type\": \"m.id.user\", \"user\": \"ada\"}"
        + more;
  }

  /** A new user with the password of {@code @ada}. */
  private static String user() {
    var user = gateway.newUser("login");
    gateway.execute(
        """
        update homeserver.account
        set password_hash = (select password_hash from homeserver.account where user_id = '@ada:chat.example')
        where user_id = ?
        """,
        user);
    return user;
  }

  private static Reply loginAs(String user, String more) {
    return login("\"password\": \"pw-ada\", \"user\": \"" + user + "\"" + more);
  }

  @Test
  @Section("5.31")
  void passwordsAndApplicationServicesAreTheFlows() {
    for (var path : LOGIN) {
      assertThat(gateway.with("x").get(path).body())
          .isEqualTo(
              "{\"flows\":[{\"type\":\"m.login.password\"},{\"type\":\"m.login.application_service\"}]}");
    }
  }

  @Test
  @Section("5.32")
  void loginOpensASessionWithADeviceOfItsOwn() {
    var user = user();
    var name = user.substring(1, user.indexOf(':'));
    var body =
        "{\"type\": \"m.login.password\", \"password\": \"pw-ada\", \"initial_device_display_name\": \"Mine\", \"identifier\": "
            + "{\"type\": \"m.id.user\", \"user\": \"%s\"}}";

    for (var path : LOGIN) {
      var reply = gateway.with("not looked at").post(path, body.formatted(name)).json();

      assertThat(reply.fieldNames())
          .toIterable()
          .containsExactlyInAnyOrder("user_id", "access_token", "device_id", "home_server");
      assertThat(reply.path("user_id").asText()).isEqualTo(user);
      assertThat(reply.path("home_server").asText()).isEqualTo("chat.example");
      assertThat(
              gateway
                  .with(reply.path("access_token").asText())
                  .get("/_matrix/client/v3/account/whoami")
                  .json())
          .hasToString(
              "{\"user_id\":\"%s\",\"is_guest\":false,\"device_id\":\"%s\"}"
                  .formatted(user, reply.path("device_id").asText()));
      assertThat(
              gateway.value(
                  "select display_name from homeserver.device where user_id = ? and device_id = ?",
                  user,
                  reply.path("device_id").asText()))
          .isEqualTo("Mine");
    }
  }

  @ParameterizedTest
  @Section("5.32")
  @CsvSource(
      delimiter = ';',
      value = {
        "\"user\": \"ada\"",
        "\"user\": \"ADA\"",
        "\"user\": \"@Ada:chat.example\"",
        "\"identifier\": {\"type\": \"m.id.user\", \"user\": \"@ada:chat.example\"}",
        "\"identifier\": {\"type\": \"m.id.thirdparty\", \"medium\": \"email\", \"address\": \"Ada@Mail.example\"}",
        "\"medium\": \"email\", \"address\": \"ada@mail.example\"",
        "\"user\": \"ada\", \"identifier\": {\"type\": \"m.id.user\", \"user\": \"dina\"}"
      })
  void userIsNamedInManyWays(String named) {
    var reply = login("\"password\": \"pw-ada\", " + named);

    assertThat(reply.json().path("user_id").asText()).isEqualTo("@ada:chat.example");
    // Other tests count the devices of the community.
    var session = gateway.with(reply.json().path("access_token").asText());
    assertThat(session.post("/_matrix/client/v3/logout", "{}").outcome()).isEqualTo("200");
  }

  @Test
  @Section("5.32")
  void knownDeviceKeepsItsNameAndItsOlderTokens() {
    var user = user();
    var first =
        loginAs(user, ", \"device_id\": \"D\", \"initial_device_display_name\": \"First\"").json();
    var second =
        loginAs(user, ", \"device_id\": \"D\", \"initial_device_display_name\": \"Second\"").json();

    for (var session : List.of(first, second)) {
      assertThat(session.path("device_id").asText()).isEqualTo("D");
      assertThat(
              gateway
                  .with(session.path("access_token").asText())
                  .get("/_matrix/client/v3/account/whoami")
                  .outcome())
          .isEqualTo("200");
    }
    assertThat(
            gateway.value(
                "select string_agg(display_name, ',') from homeserver.device where user_id = ?",
                user))
        .isEqualTo("First");
  }

  @ParameterizedTest
  @Section("5.32")
  @CsvSource(
      delimiter = ';',
      value = {
        "''; 400 M_NOT_JSON",
        "{; 400 M_NOT_JSON",
        "[]; 400 M_BAD_JSON",
        "{\"refresh_token\": 1}; 400 M_UNKNOWN",
        "{\"refresh_token\": null}; 400 M_UNKNOWN",
        "{}; 400 M_UNKNOWN",
        "{\"type\": 1}; 400 M_INVALID_PARAM",
        "{\"type\": \"m.login.password\"}; 400 M_INVALID_PARAM",
        "{\"type\": \"m.login.password\", \"password\": 1}; 400 M_INVALID_PARAM",
        "{\"type\": \"m.login.password\", \"password\": \"x\"}; 400 M_INVALID_PARAM",
        "{\"type\": \"m.login.password\", \"password\": \"x\", \"identifier\": []}; 400 M_INVALID_PARAM",
        "{\"type\": \"m.login.password\", \"password\": \"x\", \"identifier\": \"ada\"}; 400 M_MISSING_PARAM",
        "{\"type\": \"m.login.application_service\"}; 401 M_MISSING_TOKEN",
        "{\"type\": \"m.login.password\", \"password\": \"x\", \"identifier\": {\"user\": \"a\"}}; 400 M_MISSING_PARAM",
        "{\"type\": \"m.login.password\", \"password\": \"x\", \"identifier\": {\"type\": \"x\"}}; 400 M_UNKNOWN",
        "{\"type\": \"m.login.password\", \"password\": \"x\", \"identifier\": {\"type\": \"m.id.user\"}}; 400 M_UNKNOWN",
        "{\"type\": \"m.login.password\", \"password\": \"x\", \"identifier\": {\"type\": \"m.id.thirdparty\", \"medium\": \"email\"}}; 400 M_UNKNOWN",
        "{\"type\": \"m.login.password\", \"password\": \"x\", \"identifier\": {\"type\": \"m.id.thirdparty\", \"address\": \"x\"}}; 400 M_UNKNOWN",
        "{\"type\": \"m.login.password\", \"password\": \"x\", \"identifier\": {\"type\": \"m.id.user\", \"user\": \"\"}}; 400 M_UNKNOWN",
        "{\"type\": \"m.login.password\", \"password\": \"x\", \"medium\": \"email\", \"address\": \"x\"}; 400 M_UNKNOWN",
        "{\"type\": \"m.login.password\", \"password\": \"x\", \"user\": 1}; 400 M_INVALID_PARAM",
        "{\"type\": \"m.login.password\", \"password\": \"x\", \"user\": \"ada\", \"device_id\": 1}; 400 M_INVALID_PARAM",
        "{\"type\": \"m.login.password\", \"password\": \"x\", \"user\": \"ada\", \"initial_device_display_name\": 1}; 400 M_INVALID_PARAM",
        "{\"type\": \"unknown\", \"user\": \"ada\"}; 400 M_UNKNOWN",
        "{\"type\": \"unknown\"}; 400 M_INVALID_PARAM",
        "{\"type\": \"m.login.token\"}; 400 M_UNKNOWN",
        "{\"type\": \"m.login.token\", \"token\": \"x\"}; 403 M_FORBIDDEN",
        "{\"type\": \"m.login.password\", \"password\": \"wrong\", \"user\": \"ada\"}; 403 M_FORBIDDEN",
        "{\"type\": \"m.login.password\", \"password\": \"x\", \"user\": \"nobody\"}; 403 M_FORBIDDEN",
        "{\"type\": \"m.login.password\", \"password\": \"x\", \"user\": \"@ada:other.example\"}; 403 M_FORBIDDEN",
        "{\"type\": \"m.login.password\", \"password\": \"x\", \"medium\": \"email\", \"address\": \"nobody@mail.example\"}; 403 M_FORBIDDEN"
      })
  void badLoginsAreRefused(String body, String outcome) {
    for (var path : LOGIN) {
      assertThat(gateway.nobody().post(path, body).outcome()).isEqualTo(outcome);
    }
  }

  @ParameterizedTest
  @Section("5.32")
  @CsvSource(
      delimiter = ';',
      value = {
        "{; 400 M_NOT_JSON",
        "{\"refresh_token\": 1}; 400 M_UNKNOWN",
        "{}; 400 M_UNKNOWN",
        "{\"type\": 1}; 400 M_INVALID_PARAM",
        "{\"type\": \"m.login.password\"}; 400 M_INVALID_PARAM",
        "{\"type\": \"m.login.password\", \"password\": \"x\"}; 400 M_INVALID_PARAM",
        "{\"type\": \"m.login.password\", \"password\": \"x\", \"identifier\": {}}; 400 M_INVALID_PARAM",
        "{\"type\": \"m.login.password\", \"password\": \"x\", \"identifier\": {\"type\": \"x\"}}; 400 M_UNKNOWN",
        "{\"type\": \"m.login.password\", \"password\": \"x\", \"identifier\": {\"type\": \"m.id.user\"}}; 400 M_UNKNOWN",
        "{\"type\": \"m.login.password\", \"password\": \"x\", \"user\": \"\"}; 400 M_INVALID_PARAM",
        "{\"type\": \"m.login.password\", \"password\": \"x\", \"identifier\": {\"user\": \"a\"}}; 400 M_MISSING_PARAM",
        "{\"type\": \"m.login.password\", \"password\": \"x\", \"identifier\": {\"type\": \"m.id.user\", \"user\": \"\"}}; 400 M_UNKNOWN",
        "{\"type\": \"m.login.password\", \"password\": \"x\", \"user\": 1}; 400 M_INVALID_PARAM",
        "{\"type\": \"m.login.password\", \"password\": \"x\", \"medium\": \"email\", \"address\": \"x\"}; 400 M_UNKNOWN",
        "{\"type\": \"nothing\"}; 400 M_INVALID_PARAM",
        "{\"type\": \"nothing\", \"user\": \"a\"}; 400 M_UNKNOWN",
        "{\"type\": \"m.login.token\"}; 400 M_UNKNOWN",
        "{\"type\": \"m.login.token\", \"token\": \"x\"}; 403 M_FORBIDDEN",
        "{\"type\": \"m.login.password\", \"password\": \"x\", \"user\": \"ada\"}; 403 M_FORBIDDEN",
        "{\"type\": \"m.login.password\", \"password\": \"x\", \"user\": \"@ada:other.example\"}; 403 M_FORBIDDEN"
      })
  void loginRefusesWhatIsWrong(String body, String outcome) {
    assertThat(gateway.nobody().post(LOGIN.get(0), body).outcome()).isEqualTo(outcome);
  }

  @Test
  @Section("5.32")
  void loginGivesATokenThatWorksWhateverTheLetterCase() {
    var name = gateway.newName("dora");
    var user = "@" + name + ":chat.example";
    gateway.admin().put(USERS + user, "{\"password\": \"p\u00e4ss\", \"admin\": true}");

    var login =
        gateway
            .nobody()
            .post(
                LOGIN.get(1),
                """
                {"type": "m.login.password", "password": "p\u00e4ss", "device_id": "DEV",
                 "identifier": {"type": "m.id.user", "user": "%s"}}
                """
                    .formatted(name.toUpperCase(Locale.ROOT)));

    assertThat(login.status()).isEqualTo(200);
    assertThat(login.json().path("user_id").asText()).isEqualTo(user);
    assertThat(login.json().path("device_id").asText()).isEqualTo("DEV");
    assertThat(login.json().path("home_server").asText()).isEqualTo("chat.example");
    var token = login.json().path("access_token").asText();
    assertThat(gateway.with(token).get("/_synapse/admin/v2/users").status()).isEqualTo(200);
  }

  @Test
  @Section("5.32")
  void userWhomAnAdminLockedIsReportedAsLocked() {
    var name = gateway.newName("lock");
    var user = "@" + name + ":chat.example";
    gateway.admin().put(USERS + user, "{\"password\": \"x\"}");
    gateway.admin().put(USERS + user, "{\"locked\": true}");

    assertThat(login("\"password\": \"x\", \"user\": \"" + name + "\"").outcome())
        .isEqualTo("401 M_USER_LOCKED");
  }

  @Test
  @Section("5.32")
  void wrongPasswordUnknownUserAndNoPasswordLookAlike() {
    var without = gateway.newUser("login");

    var wrong = login("\"password\": \"wrong\", \"user\": \"ada\"").body();

    assertThat(loginAs("nobody", "").body()).isEqualTo(wrong);
    assertThat(loginAs(without, "").body()).isEqualTo(wrong);
    assertThat(loginAs("@ada:other.example", "").body()).isEqualTo(wrong);
  }

  @Test
  @Section("5.32")
  void stateOfTheAccountIsToldToWhoKnowsThePassword() {
    var deactivated = user();
    gateway.execute(
        "update homeserver.account set deactivated = true where user_id = ?", deactivated);
    var locked = user();
    gateway.execute("update homeserver.account set locked = true where user_id = ?", locked);
    var suspended = user();
    gateway.execute("update homeserver.account set suspended = true where user_id = ?", suspended);

    assertThat(loginAs(deactivated, "").outcome()).isEqualTo("403 M_USER_DEACTIVATED");
    assertThat(loginAs(locked, "").outcome()).isEqualTo("401 M_USER_LOCKED");
    assertThat(loginAs(locked, "").json().path("soft_logout").booleanValue()).isTrue();
    assertThat(loginAs(suspended, "").outcome()).isEqualTo("200");
    assertThat(login("\"password\": \"wrong\", \"user\": \"" + locked + "\"").outcome())
        .isEqualTo("403 M_FORBIDDEN");
  }

  @Test
  @Section("5.32")
  void lengthsAreLookedAtAfterThePassword() {
    var longId = ", \"device_id\": \"" + "x".repeat(513) + "\"";
    var longName = ", \"initial_device_display_name\": \"" + "x".repeat(101) + "\"";

    assertThat(login(ada(longId)).outcome()).isEqualTo("400 M_INVALID_PARAM");
    assertThat(login(ada(longName)).outcome()).isEqualTo("400 M_TOO_LARGE");
    assertThat(login("\"password\": \"wrong\", \"user\": \"ada\"" + longId + longName).outcome())
        .isEqualTo("403 M_FORBIDDEN");
  }
}
