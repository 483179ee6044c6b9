package dev.bailiff.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.ErrorMapper;
import dev.bailiff.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How many logins an address may try. */
class LoginLimiterTest {
  private final SettableClock clock = SettableClock.at(Instant.parse("2026-11-01T00:00:00Z"));
  private final LoginLimiter limiter = new LoginLimiter(clock, 2, Duration.ofSeconds(5));

  @Test
  void burstIsAdmittedAndThenOneEachInterval() {
    limiter.admit("a");
    limiter.admit("a");

    var refused = catchThrowableOfType(ApiException.class, () -> limiter.admit("a"));

    assertThat(refused.reply().status()).isEqualTo(429);
    assertThat(refused.reply().extra()).containsEntry("retry_after_ms", 5_000L);
    assertThat(ErrorMapper.response(refused.reply()).getHeaderString("Retry-After")).isEqualTo("5");
    clock.tick(Duration.ofSeconds(5));
    assertThatNoException().isThrownBy(() -> limiter.admit("a"));
  }

  @Test
  void addressesDoNotDisturbEachOther() {
    limiter.admit("a");
    limiter.admit("a");

    assertThatNoException().isThrownBy(() -> limiter.admit("b"));
  }
}
