package dev.bailiff.duty;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Monitors whether a loop goes on. The loop reports its rounds here. The health check reports a
 * round that does not end, and failures of the last few seconds. Thread-safe; each loop has its
 * own.
 */
public final class Pulse {
  /** Longer than anything that a loop of ours waits for. */
  private static final Duration LONGEST_ROUND = Duration.ofMinutes(5);

  /** Longer than a loop pauses after a failure, so that repeated failures are always visible. */
  private static final Duration RECENT = Duration.ofSeconds(15);

  private final String name;
  private final LongSupplier nanoTime;
  private boolean inRound;
  private long roundBegan;
  private long failedAt;
  private @Nullable String failure;

  /**
   * @param name of the loop, as people see it
   */
  public Pulse(String name) {
    this(name, System::nanoTime);
  }

  /**
   * @param nanoTime nanoseconds from any start, as {@link System#nanoTime} gives them
   */
  Pulse(String name, LongSupplier nanoTime) {
    this.name = name;
    this.nanoTime = nanoTime;
  }

  /** Notes the start of a round. */
  public synchronized void begin() {
    inRound = true;
    roundBegan = nanoTime.getAsLong();
  }

  /** Notes the end of a round, with or without success. */
  public synchronized void end() {
    inRound = false;
  }

  /** Notes the failure of a round; the loop goes on. */
  public synchronized void failed(Throwable reason) {
    failedAt = nanoTime.getAsLong();
    failure = String.valueOf(reason);
  }

  /** The current fault of the loop, in one sentence; empty if the loop has no fault. */
  public synchronized Optional<String> complaint() {
    long now = nanoTime.getAsLong();
    if (inRound && now - roundBegan > LONGEST_ROUND.toNanos()) {
      return Optional.of(
          name + " stands still since " + TimeUnit.NANOSECONDS.toSeconds(now - roundBegan) + " s");
    }
    if (failure != null && now - failedAt <= RECENT.toNanos()) {
      return Optional.of(name + " fails: " + failure);
    }
    return Optional.empty();
  }
}
