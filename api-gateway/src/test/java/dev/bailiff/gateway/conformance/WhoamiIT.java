package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.access.OperatorTokens;
import dev.bailiff.secret.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The user that a token acts as. */
@Section("5.30")
class WhoamiIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static final String WHOAMI = "/_matrix/client/v3/account/whoami";

  @Test
  void userIsNamedWithTheirDevice() {
    var user = gateway.newUser("me");

    assertThat(gateway.with(gateway.newToken(user, "DEV")).get(WHOAMI).body())
        .isEqualTo("{\"user_id\":\"" + user + "\",\"is_guest\":false,\"device_id\":\"DEV\"}");
  }

  @Test
  void tokenWithoutADeviceNamesNone() {
    var user = gateway.newUser("me");

    assertThat(gateway.with(gateway.newToken(user, null)).get(WHOAMI).body())
        .isEqualTo("{\"user_id\":\"" + user + "\",\"is_guest\":false}");
  }

  @Test
  void guestsMayAsk() {
    var user = gateway.newUser("me");
    gateway.execute("update homeserver.account set is_guest = true where user_id = ?", user);

    assertThat(
            gateway
                .with(gateway.newToken(user, null))
                .get(WHOAMI)
                .json()
                .path("is_guest")
                .booleanValue())
        .isTrue();
  }

  @Test
  void whoHasNoGoodTokenIsRefused() {
    var locked = gateway.newUser("me");
    gateway.execute("update homeserver.account set locked = true where user_id = ?", locked);

    assertThat(gateway.nobody().get(WHOAMI).outcome()).isEqualTo("401 M_MISSING_TOKEN");
    assertThat(gateway.with("x").get(WHOAMI).outcome()).isEqualTo("401 M_UNKNOWN_TOKEN");
    assertThat(gateway.with(gateway.newToken(locked, null)).get(WHOAMI).outcome())
        .isEqualTo("401 M_USER_LOCKED");
  }

  @Test
  void operatorTokensActAsNobodyHere() {
    new OperatorTokens(gateway.jdbi()).add("whoami", Sha256.of("operator-of-whoami"));

    assertThat(gateway.with("operator-of-whoami").get("/_synapse/admin/v2/users?limit=1").outcome())
        .isEqualTo("200");
    assertThat(gateway.with("operator-of-whoami").get(WHOAMI).outcome())
        .isEqualTo("401 M_UNKNOWN_TOKEN");
  }
}
