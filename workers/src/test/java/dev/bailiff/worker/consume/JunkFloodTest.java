package dev.bailiff.worker.consume;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class JunkFloodTest {
  private final AtomicLong now = new AtomicLong(3);
  private final JunkFlood flood = new JunkFlood(now::get);

  @Test
  void aFewPiecesOfJunkAreNone() {
    flood.met(19);
    flood.met(0);

    assertThat(flood.lasts()).isFalse();
  }

  @Test
  void itLastsUntilHalfAMinuteAfterTheLastPiece() {
    flood.met(10);
    pass(20);
    flood.met(10);
    pass(30);
    assertThat(flood.lasts()).isTrue();

    pass(1);

    assertThat(flood.lasts()).isFalse();
  }

  @Test
  void anotherOneBeginsAnew() {
    flood.met(500);
    pass(31);

    flood.met(19);

    assertThat(flood.lasts()).isFalse();
    flood.met(1);
    assertThat(flood.lasts()).isTrue();
  }

  private void pass(long seconds) {
    now.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }
}
