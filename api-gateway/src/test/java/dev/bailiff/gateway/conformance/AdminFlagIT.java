package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a user is a server admin. */
@Section({"4.9", "4.10"})
class AdminFlagIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static final String USERS = "/_synapse/admin/v1/users/";

  private static String admin(String user) {
    return USERS + user + "/admin";
  }

  @Test
  void flagIsShownAndNobodyIsUnknown() {
    assertThat(gateway.admin().get(admin("@admin:chat.example")).body())
        .isEqualTo("{\"admin\":true}");
    assertThat(gateway.admin().get(admin("@ada:chat.example")).body())
        .isEqualTo("{\"admin\":false}");
    assertThat(gateway.admin().get(admin("@nobody:chat.example")).body())
        .isEqualTo("{\"admin\":false}");
  }

  @Test
  void grantAndRevocationTakeEffectAtOnce() {
    var user = gateway.newUser("flag");
    var client = gateway.with(gateway.newToken(user, null));

    assertThat(client.get(admin(user)).outcome()).isEqualTo("403 M_FORBIDDEN");
    assertThat(gateway.admin().put(admin(user), "{\"admin\": true}").body()).isEqualTo("{}");
    assertThat(client.get(admin(user)).body()).isEqualTo("{\"admin\":true}");
    gateway.admin().put(admin(user), "{\"admin\": false}");

    assertThat(client.get(admin(user)).outcome()).isEqualTo("403 M_FORBIDDEN");
  }

  @Test
  void zeroAndOneAreFlagsToo() {
    var user = gateway.newUser("flag");

    gateway.admin().put(admin(user), "{\"admin\": 1}");
    assertThat(gateway.admin().get(admin(user)).body()).isEqualTo("{\"admin\":true}");
    gateway.admin().put(admin(user), "{\"admin\": 0}");
    assertThat(gateway.admin().get(admin(user)).body()).isEqualTo("{\"admin\":false}");
  }

  @Test
  void adminsDoNotDemoteThemselves() {
    var user = gateway.newUser("flag");
    gateway.execute("update homeserver.account set admin = true where user_id = ?", user);
    var self = gateway.with(gateway.newToken(user, null));

    var refused = self.put(admin(user), "{\"admin\": false}");

    assertThat(refused.outcome()).isEqualTo("400 M_UNKNOWN");
    assertThat(self.put(admin(user), "{\"admin\": true}").outcome()).isEqualTo("200");
    assertThat(self.get(admin(user)).body()).isEqualTo("{\"admin\":true}");
  }

  @ParameterizedTest
  @Section("4.9")
  @CsvSource({"nonsense, 400 M_INVALID_PARAM", "@ada:other.example, 400 M_UNKNOWN"})
  void flagOfWhoIsNotOursIsNotShown(String id, String outcome) {
    assertThat(gateway.admin().get(admin(id)).outcome()).isEqualTo(outcome);
  }

  @ParameterizedTest
  @Section("4.10")
  @CsvSource(
      delimiter = ';',
      value = {
        "nonsense; {; 400 M_INVALID_PARAM",
        "@ada:other.example; ''; 400 M_NOT_JSON",
        "@ada:other.example; {; 400 M_NOT_JSON",
        "@ada:other.example; 1; 400 M_BAD_JSON",
        "@ada:other.example; {}; 400 M_MISSING_PARAM",
        "@ada:other.example; {\"admin\": \"false\"}; 400 M_BAD_JSON",
        "@ada:other.example; {\"admin\": null}; 400 M_BAD_JSON",
        "@ada:other.example; {\"admin\": 2}; 400 M_BAD_JSON",
        "@ada:other.example; {\"admin\": 1.0}; 400 M_BAD_JSON",
        "@ada:other.example; {\"admin\": true}; 400 M_UNKNOWN",
        "@nobody:chat.example; {\"admin\": true}; 404 M_UNKNOWN"
      })
  void badInputIsRefusedInThisOrder(String id, String body, String outcome) {
    assertThat(gateway.admin().put(admin(id), body).outcome()).isEqualTo(outcome);
  }

  @Test
  void onlyAdminsSeeAndSetTheFlag() {
    assertThat(gateway.strangers("GET", admin("nonsense"))).isEqualTo(CommunityGateway.REFUSED);
    assertThat(gateway.strangers("PUT", admin("nonsense"))).isEqualTo(CommunityGateway.REFUSED);
  }
}
