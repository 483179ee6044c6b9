package dev.bailiff.worker.maintain;

import dev.bailiff.duty.Duty;
import dev.bailiff.job.store.DutyTerms.Due;
import dev.bailiff.job.store.JobUpkeep;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the leader does when it is due. Each is safe in any number of processes at once.
 *
 * @param commands publishes what is ready and due
 * @param leases frees segments whose lease ran out
 * @param settling settles jobs on which a step of settling was lost
 * @param clock finds out whether the database's clock was put back
 * @param transitions has transitions sent, on another thread, as that waits for Kafka
 * @param upkeep makes all due that is ready
 */
public record Duties(
    Duty commands, Duty leases, Duty settling, Duty clock, Runnable transitions, JobUpkeep upkeep) {
  private static final Logger LOG = LoggerFactory.getLogger(Duties.class);

  /**
   * Does what is due, a page of each: the leader says between two pages that it is still there.
   *
   * @return whether there is more to do at once
   */
  boolean run(Due due) {
    if (due.transitions()) {
      transitions.run();
    }
    boolean more = runWithoutKafka(due);
    boolean freed = due.leases();
    return (due.commands() || freed) && attempt(commands) || more;
  }

  /**
   * The same without what is for Kafka alone.
   *
   * @return whether there is more to do at once
   */
  boolean runWithoutKafka(Due due) {
    boolean more = due.leases() && attempt(leases);
    return due.settling() && attempt(settling) || more;
  }

  /** Looks at the clock; few waits are long, and clocks are seldom put back. */
  void lookAtClock() {
    attempt(clock);
  }

  /** Makes due what may have been lost on its way; the next round publishes it. */
  void publishAllAgain() {
    LOG.warn("{} commands are published again", upkeep.makeDue());
  }

  /** One that fails must not keep the others from their turn. */
  private static boolean attempt(Duty duty) {
    try {
      return duty.runOnce();
    } catch (RuntimeException e) {
      LOG.warn("{} failed and will run again: {}", duty.getClass().getSimpleName(), e.toString());
      return false;
    }
  }
}
