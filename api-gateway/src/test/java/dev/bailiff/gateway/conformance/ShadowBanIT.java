package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shadow-bans a user, who gets no notice. */
@Section({"4.26", "4.27"})
class ShadowBanIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static String path(String user) {
    return "/_synapse/admin/v1/users/" + user + "/shadow_ban";
  }

  private static boolean banned(String user) {
    return gateway
        .admin()
        .get("/_synapse/admin/v2/users/" + user)
        .json()
        .path("shadow_banned")
        .booleanValue();
  }

  @Test
  void banIsSetAndLiftedAsOftenAsOneLikes() {
    var user = gateway.newUser("banned");

    assertThat(gateway.admin().post(path(user), "not JSON").body()).isEqualTo("{}");
    assertThat(gateway.admin().post(path(user), null).body()).isEqualTo("{}");
    assertThat(banned(user)).isTrue();
    assertThat(gateway.admin().delete(path(user), "not JSON").body()).isEqualTo("{}");
    assertThat(gateway.admin().delete(path(user), null).body()).isEqualTo("{}");
    assertThat(banned(user)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "nonsense, 400 M_UNKNOWN",
    "@ada:other.example, 400 M_UNKNOWN",
    "nonsense:chat.example, 400 M_INVALID_PARAM",
    "@nobody:chat.example, 404 M_UNKNOWN"
  })
  void placeIsCheckedBeforeShapeAndExistence(String id, String outcome) {
    assertThat(gateway.admin().post(path(id), null).outcome()).isEqualTo(outcome);
    assertThat(gateway.admin().delete(path(id), null).outcome()).isEqualTo(outcome);
  }

  @Test
  void onlyAdminsBan() {
    assertThat(gateway.strangers("POST", path("x"))).isEqualTo(CommunityGateway.REFUSED);
    assertThat(gateway.strangers("DELETE", path("x"))).isEqualTo(CommunityGateway.REFUSED);
  }
}
