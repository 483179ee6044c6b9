package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.gateway.Client;
import dev.bailiff.gateway.RunningGateway;
import dev.bailiff.secret.Sha256;
import io.dropwizard.testing.ConfigOverride;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The calls that are off if an external service handles login (admin-api 1.11), and those that are
 * not configured.
 */
@Section({"4.2", "4.3", "4.4", "4.8", "4.9", "4.10", "4.15", "5.31", "5.32", "5.34"})
class DelegatedLoginIT {
  @RegisterExtension
  static final RunningGateway gateway =
      RunningGateway.onCommunity(ConfigOverride.config("accounts.delegated", "true"));

  private static Client admin;

  @BeforeAll
  static void addToken() {
    gateway
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "insert into homeserver.access_token (token_sha256, user_id) values (?, '@admin:chat.example')",
                    Sha256.of("admin-of-delegated")));
    admin = new Client(gateway.port(), "admin-of-delegated");
  }

  @ParameterizedTest
  @Section({"4.8", "4.9", "4.10", "4.15", "5.38"})
  @CsvSource({
    "POST, /_synapse/admin/v1/reset_password/@ada:chat.example",
    "GET, /_synapse/admin/v1/users/@ada:chat.example/admin",
    "PUT, /_synapse/admin/v1/users/@ada:chat.example/admin",
    "POST, /_synapse/admin/v1/users/@ada:chat.example/login",
    "GET, /_synapse/admin/v1/registration_tokens",
    "POST, /_synapse/admin/v1/registration_tokens/new",
    "PUT, /_synapse/admin/v1/registration_tokens/abc"
  })
  void callsOfTheServiceAreNotServed(String method, String path) {
    assertThat(admin.send(method, path, "{}").outcome()).isEqualTo("404 M_UNRECOGNIZED");
  }

  @Test
  @Section({"4.3", "4.4"})
  void guestsHaveToBeLeftOut() {
    for (var users : new String[] {"/_synapse/admin/v2/users", "/_synapse/admin/v3/users"}) {
      assertThat(admin.get(users).outcome()).isEqualTo("400 M_INVALID_PARAM");
      assertThat(admin.get(users + "?guests=true").outcome()).isEqualTo("400 M_INVALID_PARAM");
      assertThat(admin.get(users + "?guests=false").outcome()).isEqualTo("200");
    }
  }

  @Test
  @Section("4.2")
  void accountsAreModifiedButNotMadeAndGetNoPassword() {
    var users = "/_synapse/admin/v2/users/";

    assertThat(admin.put(users + "@new:chat.example", "{}").outcome()).isEqualTo("403 M_FORBIDDEN");
    assertThat(admin.put(users + "@ada:chat.example", "{\"displayname\": \"Ada L.\"}").outcome())
        .isEqualTo("200");
    assertThat(admin.put(users + "@ada:chat.example", "{\"password\": \"x\"}").outcome())
        .isEqualTo("403 M_FORBIDDEN");
  }

  @Test
  @Section({"5.31", "5.32"})
  void passwordsOpenNothing() {
    assertThat(gateway.nobody().get("/_matrix/client/v3/login").body())
        .isEqualTo("{\"flows\":[{\"type\":\"m.login.application_service\"}]}");
    assertThat(
            gateway
                .nobody()
                .post(
                    "/_matrix/client/v3/login",
                    "{\"type\": \"m.login.password\", \"user\": \"ada\", \"password\": \"pw-ada\"}")
                .outcome())
        .isEqualTo("400 M_UNKNOWN");
  }

  @Test
  @Section("5.34")
  void serverThatIsNotConfiguredIsNotFound() {
    assertThat(gateway.nobody().get("/.well-known/matrix/client").outcome())
        .isEqualTo("404 M_NOT_FOUND");
  }
}
