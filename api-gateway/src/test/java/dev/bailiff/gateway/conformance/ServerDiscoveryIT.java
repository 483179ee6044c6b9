package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The requests of clients that do not know any user yet. */
@Section({"5.33", "5.34"})
class ServerDiscoveryIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  @Test
  @Section("5.33")
  void versionsAreListedForWhoeverAsks() {
    var nobody = gateway.nobody().get("/_matrix/client/versions");
    var somebody =
        gateway
            .with(gateway.newToken(gateway.newUser("client"), null))
            .get("/_matrix/client/versions");

    assertThat(nobody.json().path("versions"))
        .extracting(JsonNode::asText)
        .contains("r0.0.1", "r0.6.1", "v1.1", "v1.15");
    assertThat(nobody.json().path("unstable_features").isObject()).isTrue();
    assertThat(somebody.body()).isEqualTo(nobody.body());
  }

  @Test
  @Section("5.33")
  void versionsMayBeCachedByWhoSendsNoToken() {
    var nobody = gateway.nobody().get("/_matrix/client/versions");
    var somebody =
        gateway
            .with(gateway.newToken(gateway.newUser("client"), null))
            .get("/_matrix/client/versions");

    assertThat(nobody.headers())
        .containsEntry("Vary", "Authorization")
        .containsEntry(
            "Cache-Control", "public, max-age=600, s-maxage=3600, stale-while-revalidate=600");
    assertThat(somebody.headers())
        .containsEntry("Vary", "Authorization")
        .containsEntry("Cache-Control", "no-cache, no-store, must-revalidate");
  }

  @Test
  @Section("5.33")
  void lockedUsersSeeTheVersionsToo() {
    var user = gateway.newUser("locked");
    var token = gateway.newToken(user, null);
    gateway.execute("update homeserver.account set locked = true where user_id = ?", user);

    assertThat(gateway.with(token).get("/_matrix/client/versions").status()).isEqualTo(200);
  }

  @Test
  @Section("5.33")
  void tokenThatIsSentHasToBeGood() {
    assertThat(gateway.with("x").get("/_matrix/client/versions").outcome())
        .isEqualTo("401 M_UNKNOWN_TOKEN");
    assertThat(gateway.nobody().get("/_matrix/client/versions?access_token=x").outcome())
        .isEqualTo("401 M_UNKNOWN_TOKEN");
    assertThat(
            gateway
                .nobody()
                .with("Authorization: Basic x")
                .get("/_matrix/client/versions")
                .outcome())
        .isEqualTo("401 M_MISSING_TOKEN");
  }

  @Test
  @Section("5.34")
  void configuredServersAreToldToWhoeverAsks() {
    var reply = gateway.with("x").get("/.well-known/matrix/client");

    assertThat(reply.body())
        .isEqualTo(
            "{\"m.homeserver\":{\"base_url\":\"https://matrix.chat.example\"},\"m.identity_server\":{\"base_url\":\"https://id.chat.example\"}}");
    assertThat(reply.headers())
        .containsEntry("Access-Control-Allow-Origin", "*")
        .containsEntry("Content-Type", "application/json");
  }
}
