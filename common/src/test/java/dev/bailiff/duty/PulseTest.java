package dev.bailiff.duty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PulseTest {
  private final AtomicLong now = new AtomicLong(7);
  private final Pulse pulse = new Pulse("the loop", now::get);

  @Test
  void aRoundThatDoesNotEndIsAComplaintUntilItDoes() {
    pulse.begin();
    pass(300);
    assertThat(pulse.complaint()).isEmpty();
    pass(1);

    assertThat(pulse.complaint()).contains("the loop stands still since 301 s");

    pulse.end();
    assertThat(pulse.complaint()).isEmpty();
  }

  @Test
  void aLoopThatPausesForLongIsNone() {
    pulse.begin();
    pulse.end();
    pass(10_000);

    assertThat(pulse.complaint()).isEmpty();
  }

  @Test
  void aFailureIsAComplaintForAWhileThoughRoundsGoWellInBetween() {
    pulse.begin();
    pulse.failed(new IllegalStateException("broken"));
    pulse.end();
    pulse.begin();
    pulse.end();
    pass(15);
    assertThat(pulse.complaint())
        .contains("the loop fails: java.lang.IllegalStateException: broken");

    pass(1);

    assertThat(pulse.complaint()).isEmpty();
  }

  private void pass(long seconds) {
    now.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }
}
