package dev.bailiff.worker.kind;

import java.time.Duration;

/**
 * The time at which a call of a stage has to return its results. A stage that asks the homeserver
 * in a loop asks at least once, so that it gets on, and stops at the deadline. The request that is
 * under way at that time may take ten more seconds. A lease of thirty seconds is longer than both.
 */
public final class Deadline {
  private static final Duration OF_A_CALL = Duration.ofSeconds(5);

  private final long end;

  private Deadline(long end) {
    this.end = end;
  }

  /** The deadline of a call that begins now. */
  public static Deadline ofCall() {
    return in(OF_A_CALL);
  }

  /** A deadline after this time. */
  public static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** The deadline of the next of some parts of a call, which share the time that is left. */
  public Deadline shared(int parts) {
    return in(Duration.ofNanos(Math.max(0, end - System.nanoTime()) / parts));
  }

  /** Whether the deadline has passed. */
  public boolean isOver() {
    return System.nanoTime() - end >= 0;
  }
}
