package dev.bailiff.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bailiff.gateway.error.ApiException;
import org.junit.jupiter.api.Test;

/** How many passwords are checked at once. */
class PasswordChecksTest {

  @Test
  void withoutAFreePlaceACheckIsRefusedAtOnce() {
    var refused =
        catchThrowableOfType(
            ApiException.class, () -> new PasswordChecks(0).matches("secret", null));

    assertThat(refused.reply().status()).isEqualTo(429);
    assertThat(refused.reply().errcode()).isEqualTo("M_LIMIT_EXCEEDED");
    assertThat(refused.reply().extra()).containsKey("retry_after_ms");
  }

  @Test
  void placeIsFreeAgainAfterACheckWhateverCameOfIt() {
    var checks = new PasswordChecks(1);

    assertThat(checks.matches("secret", null)).isFalse();
    assertThat(checks.matches("secret", Passwords.hash("secret"))).isTrue();
    assertThat(checks.matches("other", Passwords.hash("secret"))).isFalse();
  }
}
