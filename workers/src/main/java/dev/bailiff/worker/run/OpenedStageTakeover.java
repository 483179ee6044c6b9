package dev.bailiff.worker.run;

import dev.bailiff.job.Holder;
import dev.bailiff.job.Segment;
import dev.bailiff.job.store.JobStore;
import dev.bailiff.kafka.CommandPublisher;
import java.util.Collection;
import java.util.Optional;

/**
 * Takes over the stage that the former owner of a command opened through it. The former owner did
 * not accept the command: its process died, or it lost the command's lock. Called when the segment
 * of the command itself cannot be leased; {@link dev.bailiff.job.store.SegmentLeases#lease} takes
 * over the lease of that segment.
 */
final class OpenedStageTakeover {
  /**
   * Bound on the rounds in which the former owner is followed. It may be alive and open one stage
   * after the other; between two rounds it has done a batch.
   */
  private static final int ROUNDS = 5;

  private final JobStore store;
  private final CommandPublisher publisher;
  private final StoreRetry storeRetry;
  private final AfterCommit afterCommit;

  OpenedStageTakeover(
      JobStore store, CommandPublisher publisher, StoreRetry storeRetry, AfterCommit afterCommit) {
    this.store = store;
    this.publisher = publisher;
    this.storeRetry = storeRetry;
    this.afterCommit = afterCommit;
  }

  /**
   * Takes over the segment that the former owner holds through the same command. If the former
   * owner holds none, does the work that it may have left undone after its last commit: settles the
   * job, and publishes the commands that it let into the window.
   *
   * <p>Settling takes the job's lock, and stages are opened only under this lock. So after settling
   * there are two cases: nothing is left for the heir, or the heir sees the stage that the former
   * owner opened in between and takes it over.
   *
   * @param known names of the stages of the kind that are known here
   * @return the segment that the heir now has to work
   */
  Optional<Segment> takeOver(String kind, Holder heir, Collection<String> known) {
    var job = heir.through().segment().job();
    for (int round = 0; round < ROUNDS; round++) {
      var taken = storeRetry.once(() -> store.takeover().takeOver(heir, known));
      if (taken.isPresent()) {
        return taken;
      }
      var opened = storeRetry.once(() -> afterCommit.settle(job, kind, heir));
      if (opened.isPresent()) {
        return opened;
      }
      if (!storeRetry.call(() -> store.takeover().isHeldBefore(heir.through(), known))) {
        break;
      }
    }
    publisher.publish(storeRetry.call(() -> store.takeover().makeUpFor(heir.through())));
    return Optional.empty();
  }
}
