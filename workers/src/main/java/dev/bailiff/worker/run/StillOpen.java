package dev.bailiff.worker.run;

import org.jspecify.annotations.Nullable;

/**
 * Of several commands some may stay open: the others are worked all the same, as leases that are
 * left behind use up attempts. Once the store is away nothing more is tried. One poll, one thread.
 */
final class StillOpen {
  private @Nullable CommandOpenException first;

  /** Does one thing; notes it if it is not known what became of it. */
  void unless(Runnable step) {
    try {
      step.run();
    } catch (CommandOpenException e) {
      if (e.isStoreAway()) {
        throw e;
      }
      if (first == null) {
        first = e;
      }
    }
  }

  /**
   * Ends the poll.
   *
   * @throws CommandOpenException if anything was noted
   */
  void throwIfAny() {
    if (first != null) {
      throw first;
    }
  }
}
