package dev.bailiff.log;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Says when something that may happen very often is worth a line: at most one a second, with how
 * often it happened since the line before. Thread-safe.
 */
public final class LogPace {
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanoTime;
  private long untold;
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
   * It happened once more. Returns how often since the last line, if it is time for one; else 0.
   */
  public long due() {
    return due(1);
  }

  /** It happened so many times more, 1 or more. Returns as {@link #due()}. */
  public synchronized long due(long more) {
    untold += more;
    long now = nanoTime.getAsLong();
    if (now - lastLine < PAUSE_NANOS) {
      return 0;
    }
    long told = untold;
    untold = 0;
    lastLine = now;
    return told;
  }
}
