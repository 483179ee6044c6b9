package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Section("5.25")
class ServerVersionIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static final String VERSION = "/_synapse/admin/v1/server_version";

  @Test
  void versionIsTheOnlyKey() {
    var reply = gateway.admin().get(VERSION);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().fieldNames()).toIterable().containsExactly("server_version");
    assertThat(reply.json().path("server_version").isTextual()).isTrue();
    assertThat(reply.json().path("server_version").asText()).isNotBlank();
  }

  @Test
  void nobodyNeedsATokenAndOneThatIsGivenIsNotLookedAt() {
    var version = gateway.admin().get(VERSION).body();
    var user = gateway.with(gateway.newToken(gateway.newUser("asking"), null));

    assertThat(gateway.nobody().get(VERSION).body()).isEqualTo(version);
    assertThat(gateway.with("never-given-out").get(VERSION).body()).isEqualTo(version);
    assertThat(user.get(VERSION).body()).isEqualTo(version);
    assertThat(gateway.nobody().with("Authorization: Basic x").get(VERSION).body())
        .isEqualTo(version);
    assertThat(gateway.admin().get(VERSION + "?access_token=x").body()).isEqualTo(version);
  }

  @Test
  void itCanOnlyBeRead() {
    assertThat(gateway.nobody().post(VERSION, "{}").outcome()).isEqualTo("405 M_UNRECOGNIZED");
    assertThat(gateway.nobody().get(VERSION + "/").outcome()).isEqualTo("404 M_UNRECOGNIZED");
  }
}
