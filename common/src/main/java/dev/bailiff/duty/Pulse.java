package dev.bailiff.duty;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a loop goes on. The loop tells of its rounds; whoever asks for its health hears of a
 * round that does not end, and of failures of the last few seconds. Thread-safe; one loop each.
 */
public final class Pulse {
  /** Longer than anything that a loop of ours waits for. */
  private static final Duration LONGEST_ROUND = Duration.ofMinutes(5);

  /** Longer than a loop pauses after a failure, so that one which fails again and again is seen. */
  private static final Duration RECENT = Duration.ofSeconds(15);

  private final String name;
  private final LongSupplier nanoTime;
  private boolean inRound;
  private long roundBegan;
  private long failedAt;
  private @Nullable String failure;

  /**
   * @param name of the loop, for people
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

  /** A round begins. */
  public synchronized void begin() {
    inRound = true;
    roundBegan = nanoTime.getAsLong();
  }

  /** The round is over, however it ended. */
  public synchronized void end() {
    inRound = false;
  }

  /** A round failed, and the loop goes on. */
  public synchronized void failed(Throwable reason) {
    failedAt = nanoTime.getAsLong();
    failure = String.valueOf(reason);
  }

  /** What is wrong with the loop now, in a sentence; empty if nothing is. */
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
