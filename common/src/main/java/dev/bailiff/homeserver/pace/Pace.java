package dev.bailiff.homeserver.pace;

import java.util.Optional;

/** Decides when the next change may begin. It never waits: {@link TurnQueue} does. Thread-safe. */
public interface Pace {

  /** The turn of one change, if it may begin now. */
  Optional<Turn> tryTurn();

  /**
   * The wait after which a change may begin that may not begin now; {@link Long#MAX_VALUE} if it
   * has to wait for the end of another one.
   */
  long waitNanos();

  /** The speed for people, such as {@code gentle, 11/s}. */
  String text();

  /** The right to make one change. */
  interface Turn {

    /**
     * Ends the change. Called once.
     *
     * @param overloaded whether the homeserver showed that it has too much to do
     */
    void end(boolean overloaded);
  }
}
