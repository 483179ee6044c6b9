package dev.bailiff.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
  private final RetryPolicy policy =
      new RetryPolicy(Duration.ofMillis(100), new SplittableRandom(3));

  @Test
  void eachAttemptWaitsTwiceAsLongWithJitter() {
    for (int attempt = 1; attempt <= 5; attempt++) {
      long whole = 100L << (attempt - 1);

      assertThat(policy.delay(attempt).toMillis()).isBetween(whole / 2, whole);
    }
  }

  @Test
  void theWaitIsBounded() {
    assertThat(policy.delay(1000)).isLessThanOrEqualTo(Duration.ofMillis(100L << 8));
  }
}
