package dev.bailiff.homeserver.synapse.pace;

import java.util.Optional;

/** Decides when the next call may begin. It never waits: {@link TurnQueue} does. Thread-safe. */
interface Pace {

  /** The turn of one call, if the call may begin now. */
  Optional<Turn> tryTurn();

  /**
   * The wait after which a call may begin that may not begin now; {@link Long#MAX_VALUE} if it has
   * to wait for the end of another call.
   */
  long waitNanos();

  /** The speed for people, such as {@code gentle, 11/s}. */
  String text();

  /** The right to make one call. */
  interface Turn {

    /**
     * Ends the call. Called once.
     *
     * @param overloaded whether Synapse answered that it has too much to do, or did not answer
     */
    void end(boolean overloaded);
  }
}
