package dev.bailiff.worker.kind;

import java.time.Duration;

/**
 * When a call of a stage has to come back with what it has. A stage that asks the homeserver in a
 * loop asks once at least, so that it gets on, and stops there: the call that is under way then may
 * take ten seconds more, and a lease of thirty outlasts both.
 */
public final class Deadline {
  private static final Duration OF_A_CALL = Duration.ofSeconds(5);

  private final long end;

  private Deadline(long end) {
    this.end = end;
  }

  /** Of a call that begins now. */
  public static Deadline ofCall() {
    return in(OF_A_CALL);
  }

  /** After this time. */
  public static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** Whether it is time to come back. */
  public boolean isOver() {
    return System.nanoTime() - end >= 0;
  }
}
