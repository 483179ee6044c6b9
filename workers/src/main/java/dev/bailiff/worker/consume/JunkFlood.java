package dev.bailiff.worker.consume;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Whether so much of what a slot polls is junk that it is to take many records a poll. It begins
 * late and ends late, as the consumer is built anew for either, which costs about a second: a
 * single piece of junk is cheaper to be put aside alone. One thread.
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

  /** A poll brought so many pieces of junk. */
  void met(int junk) {
    if (junk > 0) {
      met = isOver() ? junk : met + junk;
      lastMet = nanoTime.getAsLong();
    }
  }

  /** Whether it lasts. */
  boolean lasts() {
    return met >= BEGINS && !isOver();
  }

  private boolean isOver() {
    return met == 0 || nanoTime.getAsLong() - lastMet > ENDS_NANOS;
  }
}
