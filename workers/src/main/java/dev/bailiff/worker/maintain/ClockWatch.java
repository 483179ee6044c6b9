package dev.bailiff.worker.maintain;

import dev.bailiff.duty.Duty;
import dev.bailiff.job.store.JobUpkeep;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes segments due that wait for a time too far in the future for any regular wait: the
 * database's clock was put back, by hand or with a failover. {@link SegmentRescuer} does the same
 * for leases.
 */
public final class ClockWatch implements Duty {
  private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);
  private static final int PAGE = 500;

  private final JobUpkeep upkeep;

  public ClockWatch(JobUpkeep upkeep) {
    this.upkeep = upkeep;
  }

  @Override
  public boolean runOnce() {
    int due = upkeep.makeFarDue(PAGE);
    if (due > 0) {
      LOG.warn("the database's clock was put back: {} segments that waited are due now", due);
    }
    return due == PAGE;
  }
}
