package dev.bailiff.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.ErrorMapper;
import dev.bailiff.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How many logins may be tried from an address and to an account. */
class LoginLimiterTest {
  private final SettableClock clock = SettableClock.at(Instant.parse("2026-11-01T00:00:00Z"));
  private final LoginLimiter limiter = new LoginLimiter(clock, 2, Duration.ofSeconds(5));

  @Test
  void burstIsAdmittedAndThenOneEachInterval() {
    limiter.admitFrom("10.0.0.1");
    limiter.admitFrom("10.0.0.1");

    var refused = catchThrowableOfType(ApiException.class, () -> limiter.admitFrom("10.0.0.1"));

    assertThat(refused.reply().status()).isEqualTo(429);
    assertThat(refused.reply().extra()).containsEntry("retry_after_ms", 5_000L);
    assertThat(ErrorMapper.response(refused.reply()).getHeaderString("Retry-After")).isEqualTo("5");
    clock.tick(Duration.ofSeconds(5));
    assertThatNoException().isThrownBy(() -> limiter.admitFrom("10.0.0.1"));
  }

  @Test
  void addressesDoNotDisturbEachOther() {
    limiter.admitFrom("10.0.0.1");
    limiter.admitFrom("10.0.0.1");

    assertThatNoException().isThrownBy(() -> limiter.admitFrom("10.0.0.2"));
  }

  @Test
  void networkOfSixtyFourBitsIsOneAddress() {
    limiter.admitFrom("2001:db8:0:1::1");
    limiter.admitFrom("[2001:db8:0:1:ffff::2]");

    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> limiter.admitFrom("2001:db8:0:1:1:2:3:4"));
    assertThatNoException().isThrownBy(() -> limiter.admitFrom("2001:db8:0:2::1"));
    assertThatNoException().isThrownBy(() -> limiter.admitFrom("::ffff:192.0.2.1"));
    assertThatNoException().isThrownBy(() -> limiter.admitFrom("::ffff:192.0.2.2"));
  }

  @Test
  void mappedAddressIsTheAddressItself() {
    limiter.admitFrom("::ffff:192.0.2.1");
    limiter.admitFrom("192.0.2.1");

    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> limiter.admitFrom("::ffff:192.0.2.1"));
  }

  @Test
  void allThatIsNoAddressIsOne() {
    limiter.admitFrom("unknown:1");
    limiter.admitFrom("_hidden");

    assertThatExceptionOfType(ApiException.class).isThrownBy(() -> limiter.admitFrom("::::"));
  }

  @Test
  void accountIsBoundedWhereverTheLoginsComeFrom() {
    limiter.admitTo("@ann:chat.example");
    limiter.admitTo("@Ann:chat.example");

    var refused =
        catchThrowableOfType(ApiException.class, () -> limiter.admitTo("@ANN:chat.example"));

    assertThat(refused.reply().status()).isEqualTo(429);
    assertThatNoException().isThrownBy(() -> limiter.admitTo("@bob:chat.example"));
    assertThatNoException().isThrownBy(() -> limiter.admitFrom("10.0.0.1"));
  }
}
