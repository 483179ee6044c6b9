package dev.bailiff.worker.maintain;

import dev.bailiff.duty.Duty;
import dev.bailiff.job.JobId;
import dev.bailiff.job.store.JobSettlement.Settlement;
import dev.bailiff.job.store.JobStore;
import dev.bailiff.kafka.CommandPublisher;
import dev.bailiff.worker.kind.WorkerKinds;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rule 6: settles cancelled jobs, and jobs whose last segment ended while its worker died. */
public final class JobSettler implements Duty {
  private static final Logger LOG = LoggerFactory.getLogger(JobSettler.class);
  private static final int PAGE = 200;

  private final JobStore store;
  private final WorkerKinds kinds;
  private final CommandPublisher publisher;

  public JobSettler(JobStore store, WorkerKinds kinds, CommandPublisher publisher) {
    this.store = store;
    this.kinds = kinds;
    this.publisher = publisher;
  }

  @Override
  public boolean runOnce() {
    for (var job : store.upkeep().unsettled(PAGE)) {
      try {
        settle(job);
      } catch (RuntimeException e) {
        // A job that cannot be settled must not block the others.
        LOG.warn("job not settled, tried again soon: job={}", job, e);
      }
    }
    return false;
  }

  private void settle(JobId job) {
    var stages = kinds.stageNames(store.upkeep().kind(job));
    if (stages.isEmpty()) {
      return; // Another worker knows this kind.
    }
    var settled = store.settlement().settle(job, stages.get(), null);
    if (settled instanceof Settlement.Opened opened) {
      publisher.publish(List.of(opened.command()));
    } else if (settled instanceof Settlement.Nothing nothing) {
      publisher.publish(nothing.released());
    } else if (settled instanceof Settlement.Ended ended) {
      LOG.info("job ended job={} status={}", job, ended.status().word());
    }
  }
}
