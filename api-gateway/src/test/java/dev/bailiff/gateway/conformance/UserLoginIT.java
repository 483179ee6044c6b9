package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.access.OperatorTokens;
import dev.bailiff.gateway.Client;
import dev.bailiff.gateway.Reply;
import dev.bailiff.secret.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logs an admin in as a user. */
@Section("4.15")
class UserLoginIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static final String WHOAMI = "/_matrix/client/v3/account/whoami";

  private static Reply login(String user, String body) {
    return gateway.admin().post("/_synapse/admin/v1/users/" + user + "/login", body);
  }

  private static Client as(String user) {
    return gateway.with(login(user, "").json().path("access_token").asText());
  }

  @Test
  void tokenActsAsTheUserWithoutADevice() {
    var user = gateway.newUser("puppet");

    assertThat(as(user).get(WHOAMI).body())
        .isEqualTo("{\"user_id\":\"" + user + "\",\"is_guest\":false}");
    assertThat(
            gateway
                .admin()
                .get("/_synapse/admin/v2/users/" + user + "/devices")
                .json()
                .path("total")
                .intValue())
        .isZero();
  }

  @Test
  void tokenHasTheRightsOfTheUserAndNotOfTheAdmin() {
    var user = gateway.newUser("puppet");
    var puppet = as(user);

    assertThat(puppet.get("/_synapse/admin/v2/users").outcome()).isEqualTo("403 M_FORBIDDEN");
    gateway.execute("update homeserver.account set admin = true where user_id = ?", user);
    assertThat(puppet.get("/_synapse/admin/v2/users?limit=1").outcome()).isEqualTo("200");
  }

  @Test
  void useIsRecordedAsActivityOfTheAdmin() {
    var user = gateway.newUser("puppet");
    var admin = gateway.newUser("puppeteer");
    gateway.execute("update homeserver.account set admin = true where user_id = ?", admin);
    var token =
        gateway
            .with(gateway.newToken(admin, null))
            .post("/_synapse/admin/v1/users/" + user + "/login", "{}")
            .json()
            .path("access_token")
            .asText();

    // From another address: the user agent of one address is stored at most once in two minutes.
    gateway.with(token).from("127.0.0.7").with("User-Agent: puppet-agent").get(WHOAMI);

    assertThat(gateway.admin().get("/_synapse/admin/v1/whois/" + admin).body())
        .contains("puppet-agent");
    assertThat(gateway.admin().get("/_synapse/admin/v1/whois/" + user).body())
        .contains("\"connections\":[]");
    assertThat(
            gateway
                .admin()
                .get("/_synapse/admin/v2/users/" + user)
                .json()
                .path("last_seen_ts")
                .isNull())
        .isTrue();
  }

  @Test
  void tokenEndsWhenItIsSaidTo() {
    var user = gateway.newUser("puppet");
    var past =
        gateway.with(login(user, "{\"valid_until_ms\": 0}").json().path("access_token").asText());
    var far =
        gateway.with(
            login(user, "{\"valid_until_ms\": 4102444800000}")
                .json()
                .path("access_token")
                .asText());
    var ever =
        gateway.with(
            login(user, "{\"valid_until_ms\": null}").json().path("access_token").asText());

    assertThat(past.get(WHOAMI).outcome()).isEqualTo("401 M_UNKNOWN_TOKEN");
    assertThat(past.get(WHOAMI).json().path("soft_logout").booleanValue()).isTrue();
    assertThat(far.get(WHOAMI).outcome()).isEqualTo("200");
    assertThat(ever.get(WHOAMI).outcome()).isEqualTo("200");
  }

  @Test
  void lockMakesTheTokenUselessAndDeactivationDoesNot() {
    var user = gateway.newUser("puppet");
    var puppet = as(user);

    gateway.execute("update homeserver.account set locked = true where user_id = ?", user);
    assertThat(puppet.get(WHOAMI).outcome()).isEqualTo("401 M_USER_LOCKED");
    gateway.execute(
        "update homeserver.account set locked = false, deactivated = true where user_id = ?", user);
    assertThat(puppet.get(WHOAMI).outcome()).isEqualTo("200");
    assertThat(login(user, "{}").outcome()).isEqualTo("200");
  }

  @Test
  void operatorActsAsAUserToo() {
    var user = gateway.newUser("puppet");
    new OperatorTokens(gateway.jdbi()).add("puppeteer", Sha256.of("operator-who-logs-in"));

    var token =
        gateway
            .with("operator-who-logs-in")
            .post("/_synapse/admin/v1/users/" + user + "/login", "")
            .json()
            .path("access_token")
            .asText();

    assertThat(gateway.with(token).get(WHOAMI).json().path("user_id").asText()).isEqualTo(user);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "nonsense; {; 400 M_UNKNOWN",
        "@ada:other.example; {; 400 M_UNKNOWN",
        "nonsense:chat.example; {; 400 M_INVALID_PARAM",
        "@nobody:chat.example; {; 404 M_NOT_FOUND",
        "@ada:chat.example; {; 400 M_NOT_JSON",
        "@ada:chat.example; []; 400 M_BAD_JSON",
        "@ada:chat.example; {\"valid_until_ms\": true}; 400 M_UNKNOWN",
        "@ada:chat.example; {\"valid_until_ms\": 1.0}; 400 M_UNKNOWN",
        "@ada:chat.example; {\"valid_until_ms\": \"1\"}; 400 M_UNKNOWN",
        "@ada:chat.example; {\"valid_until_ms\": 9223372036854775808}; 400 M_UNKNOWN",
        "@ada:chat.example; {\"valid_until_ms\": -1}; 200",
        "@admin:chat.example; {\"valid_until_ms\": true}; 400 M_UNKNOWN",
        "@admin:chat.example; {}; 400 M_UNKNOWN"
      })
  void badInputIsRefusedInThisOrder(String id, String body, String outcome) {
    assertThat(login(id, body).outcome()).isEqualTo(outcome);
  }

  @Test
  void onlyAdminsLogInAsOthers() {
    assertThat(gateway.strangers("POST", "/_synapse/admin/v1/users/nonsense/login"))
        .isEqualTo(CommunityGateway.REFUSED);
  }
}
