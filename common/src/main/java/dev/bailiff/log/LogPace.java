package dev.bailiff.log;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Limits the log lines about an occurrence that may be very frequent: at most one line a second,
 * with the number of occurrences since the line before. Thread-safe.
 */
public final class LogPace {
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanoTime;
  private long sinceLastLine;
  private long lastLine;

  public LogPace() {
    this(System::nanoTime);
  }

  /**
   * @param nanoTime nanoseconds from any start, as {@link System#nanoTime} gives them
   */
  LogPace(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.lastLine = nanoTime.getAsLong() - PAUSE_NANOS;
  }

  /**
   * Counts one more occurrence. Returns the number of occurrences since the last line if it is time
   * for a line; else 0.
   */
  public long due() {
    return due(1);
  }

  /** Counts {@code more} occurrences, 1 or more. Returns a number as {@link #due()} does. */
  public synchronized long due(long more) {
    sinceLastLine += more;
    long now = nanoTime.getAsLong();
    if (now - lastLine < PAUSE_NANOS) {
      return 0;
    }
    long count = sinceLastLine;
    sinceLastLine = 0;
    lastLine = now;
    return count;
  }
}
