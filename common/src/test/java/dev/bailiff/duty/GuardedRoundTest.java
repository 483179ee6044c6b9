package dev.bailiff.duty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GuardedRoundTest {

  @Test
  void aPeriodicTaskOutlivesWhateverItsRoundsThrow() throws InterruptedException {
    var rounds = new CountDownLatch(4);
    var round =
        new GuardedRound(
            "the test's loop",
            () -> {
              rounds.countDown();
              if (rounds.getCount() % 2 == 0) {
                throw new IllegalStateException("broken");
              }
              throw new StackOverflowError("broken");
            });
    var executor = Executors.newSingleThreadScheduledExecutor();
    try {
      executor.scheduleWithFixedDelay(round, 0, 1, TimeUnit.MILLISECONDS);

      assertThat(rounds.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(round.complaint()).hasValueSatisfying(text -> assertThat(text).contains("broken"));
    } finally {
      executor.shutdownNow();
    }
  }
}
