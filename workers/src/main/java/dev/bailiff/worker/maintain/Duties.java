package dev.bailiff.worker.maintain;

import dev.bailiff.duty.Duty;
import dev.bailiff.job.store.DutyTerms.Due;
import dev.bailiff.job.store.JobUpkeep;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The duties that the leader does when they are due. Each duty may safely run in any number of
 * processes at once.
 *
 * @param commands publishes the commands of segments that are ready and due
 * @param leases frees segments whose lease ran out
 * @param settling settles jobs on which a step of settling was lost
 * @param clock finds out whether the database's clock was put back
 * @param transitions has transitions sent by another thread, because sending waits for Kafka
 * @param webhooks has messages for receivers delivered by other threads
 * @param upkeep makes all ready segments due
 */
public record Duties(
    Duty commands,
    Duty leases,
    Duty settling,
    Duty clock,
    Runnable transitions,
    Runnable webhooks,
    JobUpkeep upkeep) {
  private static final Logger LOG = LoggerFactory.getLogger(Duties.class);

  /**
   * Does the due duties, one page of each. Between two pages the leader renews its term.
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
   * Does the due duties that need no Kafka.
   *
   * @return whether there is more to do at once
   */
  boolean runWithoutKafka(Due due) {
    if (due.webhooks()) {
      webhooks.run();
    }
    boolean more = due.leases() && attempt(leases);
    return due.settling() && attempt(settling) || more;
  }

  /**
   * Checks the clock. The leader calls this seldom: few waits are long, and clocks are seldom put
   * back.
   */
  void lookAtClock() {
    attempt(clock);
  }

  /** Makes all commands due that may have been lost on their way; the next round publishes them. */
  void publishAllAgain() {
    LOG.warn("{} commands are published again", upkeep.makeDue());
  }

  /** A duty that fails must not keep the others from their turn. */
  private static boolean attempt(Duty duty) {
    try {
      return duty.runOnce();
    } catch (RuntimeException e) {
      LOG.warn("{} failed and will run again: {}", duty.getClass().getSimpleName(), e.toString());
      return false;
    }
  }
}
