package dev.bailiff.worker.run;

import dev.bailiff.job.Holder;
import dev.bailiff.job.Segment;
import dev.bailiff.job.store.JobStore;
import dev.bailiff.kafka.CommandPublisher;
import java.util.Collection;
import java.util.Optional;

/**
 * Goes on for whoever had a command before and did not accept it: he died, or lost the command's
 * lock. Asked when the segment of the command itself is not to be had.
 */
final class Heir {
  /**
   * The former owner may be alive and opening one stage after the other while he is followed. Each
   * time round he has done a batch in between.
   */
  private static final int ROUNDS = 5;

  private final JobStore store;
  private final CommandPublisher publisher;
  private final StoreRetry storeRetry;
  private final AfterCommit afterCommit;

  Heir(JobStore store, CommandPublisher publisher, StoreRetry storeRetry, AfterCommit afterCommit) {
    this.store = store;
    this.publisher = publisher;
    this.storeRetry = storeRetry;
    this.afterCommit = afterCommit;
  }

  /**
   * Takes over what the former owner holds through the same command. If that is nothing, does what
   * he may not have got to do after his last commit: settles the job, and publishes what he let
   * into the window.
   *
   * <p>Settling takes the job's lock, under which alone stages are opened. So after it either there
   * is nothing for us, or what the former owner opened in between can be seen and is taken over.
   *
   * @param known names of the stages of the kind that are known here
   * @return what is now the heir's to work
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
