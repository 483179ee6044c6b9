package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.gateway.RunningGateway;
import io.dropwizard.testing.ConfigOverride;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server without passwords, and a server that bounds logins. */
@Section({"4.2", "4.8", "5.32"})
class LoginSettingsIT {
  @RegisterExtension
  static final RunningGateway withoutPasswords =
      RunningGateway.with(ConfigOverride.config("accounts.passwords", "false"));

  @RegisterExtension
  static final RunningGateway bounded =
      RunningGateway.with(ConfigOverride.config("limits.loginBurst", "2"));

  @Test
  @Section({"4.2", "4.8"})
  void passwordsThatAreNotInUseAreNotSet() {
    assertThat(
            withoutPasswords
                .admin()
                .post(
                    "/_synapse/admin/v1/reset_password/@nobody:chat.example",
                    "{\"new_password\": \"x\"}")
                .outcome())
        .isEqualTo("403 M_FORBIDDEN");
    assertThat(
            withoutPasswords
                .admin()
                .put("/_synapse/admin/v2/users/@ann:chat.example", "{\"password\": \"x\"}")
                .outcome())
        .isEqualTo("403 M_FORBIDDEN");
  }

  @Test
  @Section("5.32")
  void loginsThatComeTooFastAreToldWhenToComeBack() {
    var body = "{\"type\": \"m.login.password\", \"user\": \"ann\", \"password\": \"wrong\"}";
    bounded.nobody().post("/_matrix/client/v3/login", body);
    bounded.nobody().post("/_matrix/client/v3/login", body);

    var reply = bounded.nobody().post("/_matrix/client/v3/login", body);

    assertThat(reply.outcome()).isEqualTo("429 M_LIMIT_EXCEEDED");
    assertThat(reply.json().path("retry_after_ms").longValue()).isPositive();
    assertThat(Long.parseLong(reply.headers().get("Retry-After"))).isPositive();
  }
}
