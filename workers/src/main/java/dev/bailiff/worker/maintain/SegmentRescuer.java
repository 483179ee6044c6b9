package dev.bailiff.worker.maintain;

import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;
import dev.bailiff.duty.Duty;
import dev.bailiff.job.store.JobUpkeep;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rule 2: frees segments whose owner let the lease run out; {@link CommandRepublisher} publishes
 * them.
 */
public final class SegmentRescuer implements Duty {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentRescuer.class);
  private static final int PAGE = 500;

  private final JobUpkeep upkeep;
  private final Meter rescues;

  public SegmentRescuer(JobUpkeep upkeep, MetricRegistry metrics) {
    this.upkeep = upkeep;
    this.rescues = metrics.meter("bailiff.rescues");
  }

  @Override
  public boolean runOnce() {
    int rescued = upkeep.rescue(PAGE);
    if (rescued > 0) {
      LOG.warn("rescued {} segments whose lease ran out", rescued);
      rescues.mark(rescued);
    }
    return rescued == PAGE;
  }
}
