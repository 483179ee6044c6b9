package dev.bailiff.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The keys that a limit remembers, and for how long. */
class RateLimitTest {
  private final SettableClock clock = SettableClock.at(Instant.parse("2026-11-01T00:00:00Z"));
  private final RateLimit limit = new RateLimit(clock, 2, Duration.ofSeconds(5));

  @Test
  void keyIsForgottenOnceItHasItsWholeBurstAgain() {
    limit.take("once");
    limit.take("twice");
    limit.take("twice");

    clock.tick(Duration.ofSeconds(5));
    limit.take("other");

    assertThat(limit.size()).isEqualTo(2);
    clock.tick(Duration.ofSeconds(5));
    limit.take("other");
    assertThat(limit.size()).isEqualTo(1);
  }

  @Test
  void forgettingGivesNobodyMoreThanTheirs() {
    limit.take("key");
    limit.take("key");
    clock.tick(Duration.ofSeconds(5));
    limit.take("other");

    assertThat(limit.take("key")).isZero();
    assertThat(limit.take("key")).isEqualTo(5_000);
  }

  @Test
  void longKeysAreToldApart() {
    var key = "x".repeat(1_000_000);
    limit.take(key);
    limit.take(key);

    assertThat(limit.take(key)).isEqualTo(5_000);
    assertThat(limit.take(key + "x")).isZero();
  }

  @Test
  void waitShrinksWithTheClockAndRefusedUsesDoNotProlongIt() {
    limit.take("key");
    limit.take("key");

    clock.tick(Duration.ofMillis(1));
    assertThat(limit.take("key")).isEqualTo(4_999);
    clock.tick(Duration.ofMillis(4_998));
    assertThat(limit.take("key")).isEqualTo(1);
    clock.tick(Duration.ofMillis(1));
    assertThat(limit.take("key")).isZero();
    assertThat(limit.take("key")).isEqualTo(5_000);
  }

  @Test
  void restOfABurstIsKept() {
    var three = new RateLimit(clock, 3, Duration.ofSeconds(2));
    three.take("key");
    clock.tick(Duration.ofSeconds(1));

    assertThat(three.take("key")).isZero();
    assertThat(three.take("key")).isZero();
    assertThat(three.take("key")).isEqualTo(1_000);
  }

  @Test
  void intervalOfZeroLimitsNothing() {
    var none = new RateLimit(clock, 1, Duration.ZERO);

    assertThat(none.take("key")).isZero();
    assertThat(none.take("key")).isZero();
  }
}
