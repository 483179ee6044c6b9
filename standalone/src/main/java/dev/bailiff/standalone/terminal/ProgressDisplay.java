package dev.bailiff.standalone.terminal;

import java.util.List;

/** Shows the same pieces of work again and again until all have ended. Not thread-safe. */
public interface ProgressDisplay {
  /** Shows the progress of each piece, in the order of the first call. */
  void show(List<ProgressRow> rows);

  /**
   * Leaves the last state on the screen and the cursor below it. Must be called before anything
   * else is written.
   */
  void finish();
}
