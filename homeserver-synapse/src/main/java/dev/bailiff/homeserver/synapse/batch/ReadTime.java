package dev.bailiff.homeserver.synapse.batch;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * How long a read of the port goes on to ask Synapse. The call that is under way at the end may
 * take the time of one call more, and the port's bound of 10 s is above both.
 *
 * @param nanos the clock, as {@link System#nanoTime()}
 */
public record ReadTime(LongSupplier nanos) {
  private static final Duration TIME = Duration.ofSeconds(3);

  /** On the clock of this process. */
  public static final ReadTime OF_THIS_PROCESS = new ReadTime(System::nanoTime);

  /** Begins a read. The result tells whether its time is over. */
  public BooleanSupplier begin() {
    long end = nanos.getAsLong() + TIME.toNanos();
    return () -> nanos.getAsLong() - end >= 0;
  }
}
