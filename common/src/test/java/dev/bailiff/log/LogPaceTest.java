package dev.bailiff.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LogPaceTest {
  private final AtomicLong now = new AtomicLong(-5);
  private final LogPace pace = new LogPace(now::get);

  @Test
  void theFirstTimeIsTold() {
    assertThat(pace.due()).isEqualTo(1);
  }

  @Test
  void whatComesWithinASecondIsToldWithTheNextLine() {
    pace.due();
    assertThat(pace.due(3)).isZero();
    now.addAndGet(TimeUnit.SECONDS.toNanos(1) - 1);
    assertThat(pace.due()).isZero();

    now.addAndGet(1);

    assertThat(pace.due(2)).isEqualTo(6);
    assertThat(pace.due()).isZero();
  }
}
