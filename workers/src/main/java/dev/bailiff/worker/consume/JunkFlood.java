package dev.bailiff.worker.consume;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Detects that most records of a slot are junk, so that the slot takes many records a poll. A flood
 * begins late and ends late: at both ends the slot builds a new consumer, which takes about a
 * second. A single junk record is cheaper to put aside alone. One thread.
 */
final class JunkFlood {
  private static final int BEGINS = 20;
  private static final long ENDS_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final LongSupplier nanoTime;
  private long met;
  private long lastMet;

  JunkFlood(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Notes the number of junk records of a poll. */
  void met(int junk) {
    if (junk > 0) {
      met = isOver() ? junk : met + junk;
      lastMet = nanoTime.getAsLong();
    }
  }

  /** Whether the flood goes on. */
  boolean lasts() {
    return met >= BEGINS && !isOver();
  }

  private boolean isOver() {
    return met == 0 || nanoTime.getAsLong() - lastMet > ENDS_NANOS;
  }
}
