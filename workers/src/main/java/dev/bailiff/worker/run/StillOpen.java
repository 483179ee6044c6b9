package dev.bailiff.worker.run;

import dev.bailiff.job.JobStoreException;
import dev.bailiff.job.JobStoreException.Reach;
import dev.bailiff.job.store.StoreCalls;
import org.jspecify.annotations.Nullable;

/**
 * Notes whether any of several commands stays open. The other commands are still worked, because
 * leases that are left behind use up attempts. Once the store is away, nothing more is tried. One
 * poll, one thread.
 */
final class StillOpen {
  private @Nullable CommandOpenException first;

  /**
   * Does one step; notes it if its outcome is unknown. An error of the store that reaches this
   * place comes from the work that follows a commit.
   *
   * @throws CommandOpenException at once if the store is away
   */
  void unless(Runnable step) {
    try {
      StoreCalls.run(step);
    } catch (CommandOpenException e) {
      note(e);
    } catch (JobStoreException e) {
      note(
          new CommandOpenException(
              "the store did not answer: " + e.getMessage(), e.reach() == Reach.NOT_SENT, e));
    }
  }

  private void note(CommandOpenException unknown) {
    if (unknown.isStoreAway()) {
      throw unknown;
    }
    if (first == null) {
      first = unknown;
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
