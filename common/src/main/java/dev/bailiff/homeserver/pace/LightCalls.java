package dev.bailiff.homeserver.pace;

import java.util.function.LongSupplier;

/** Light calls of a homeserver, whose time is what its users feel. */
@FunctionalInterface
public interface LightCalls {

  /**
   * Makes the calls.
   *
   * @param nanos the clock
   * @return the time that they took, in nanoseconds
   * @throws RuntimeException if they have no time that says something of the homeserver
   */
  long time(LongSupplier nanos);
}
