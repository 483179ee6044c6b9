package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Suspends a user. */
@Section("5.26")
class SuspensionIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static final String SUSPEND = "/_synapse/admin/v1/suspend/";

  @Test
  void suspensionIsShownKeepsTheSessionsAndIsLifted() {
    var user = gateway.newUser("suspended");
    var self = gateway.with(gateway.newToken(user, "D"));

    for (int i = 0; i < 2; i++) {
      assertThat(gateway.admin().put(SUSPEND + user, "{\"suspend\": true}").body())
          .isEqualTo("{\"user_" + user + "_suspended\":true}");
    }
    assertThat(suspended(user)).isTrue();
    assertThat(self.get("/_matrix/client/v3/account/whoami").outcome()).isEqualTo("200");
    assertThat(gateway.admin().put(SUSPEND + user, "{\"suspend\": false}").body())
        .isEqualTo("{\"user_" + user + "_suspended\":false}");
    assertThat(suspended(user)).isFalse();
  }

  private static boolean suspended(String user) {
    return gateway
        .admin()
        .get("/_synapse/admin/v2/users/" + user)
        .json()
        .path("suspended")
        .booleanValue();
  }

  @Test
  void suspendedAdminsAreAdmins() {
    var admin = gateway.newUser("suspended");
    gateway.execute(
        "update homeserver.account set admin = true, suspended = true where user_id = ?", admin);

    assertThat(
            gateway
                .with(gateway.newToken(admin, null))
                .put(SUSPEND + admin, "{\"suspend\": false}")
                .outcome())
        .isEqualTo("200");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "nonsense; {; 400 M_INVALID_PARAM",
        "@ada:other.example; {; 400 M_UNKNOWN",
        "@nobody:chat.example; {; 404 M_NOT_FOUND",
        "@dina:chat.example; ''; 400 M_NOT_JSON",
        "@dina:chat.example; {; 400 M_NOT_JSON",
        "@dina:chat.example; []; 400 M_BAD_JSON",
        "@dina:chat.example; {}; 400 M_MISSING_PARAM",
        "@dina:chat.example; {\"suspend\": \"true\"}; 400 M_BAD_JSON",
        "@dina:chat.example; {\"suspend\": 1}; 400 M_BAD_JSON",
        "@dina:chat.example; {\"suspend\": null}; 400 M_BAD_JSON"
      })
  void badInputIsRefusedInThisOrder(String id, String body, String outcome) {
    assertThat(gateway.admin().put(SUSPEND + id, body).outcome()).isEqualTo(outcome);
    assertThat(suspended("@dina:chat.example")).isFalse();
  }

  @Test
  void onlyAdminsSuspend() {
    assertThat(gateway.strangers("PUT", SUSPEND + "x")).isEqualTo(CommunityGateway.REFUSED);
  }
}
