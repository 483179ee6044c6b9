package dev.bailiff.worker.run;

import org.jspecify.annotations.Nullable;

/**
 * Notes whether any of several commands stays open. The other commands are still worked, because
 * leases that are left behind use up attempts. Once the store is away, nothing more is tried. One
 * poll, one thread.
 */
final class StillOpen {
  private @Nullable CommandOpenException first;

  /**
   * Does one step; notes it if its outcome is unknown.
   *
   * @throws CommandOpenException at once if the store is away
   */
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
