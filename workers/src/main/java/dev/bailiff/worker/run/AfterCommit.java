package dev.bailiff.worker.run;

import dev.bailiff.job.Holder;
import dev.bailiff.job.JobId;
import dev.bailiff.job.LeaseLostException;
import dev.bailiff.job.Segment;
import dev.bailiff.job.store.JobSettlement.Settlement;
import dev.bailiff.job.store.JobStore;
import dev.bailiff.job.store.SegmentLeases.Recorded;
import dev.bailiff.kafka.CommandPublisher;
import dev.bailiff.worker.kind.WorkerKinds;
import dev.bailiff.worker.run.batch.SegmentWork;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the work that follows the commit of a batch: publishes commands, and settles a job whose
 * stage ended if the commit did not settle it. If this process dies first, the classes in {@code
 * worker.maintain} do this work from the store.
 */
final class AfterCommit {
  private static final Logger LOG = LoggerFactory.getLogger(AfterCommit.class);

  private final JobStore store;
  private final WorkerKinds kinds;
  private final CommandPublisher publisher;
  private final ProgressPublisher progress;
  private final RunListener listener;

  AfterCommit(RunnerDependencies with) {
    this.store = with.store();
    this.kinds = with.kinds();
    this.publisher = with.publisher();
    this.progress = with.progress();
    this.listener = with.listener();
  }

  /**
   * Follows up the commit of a batch of a segment.
   *
   * @param goesOn whether the segment has more to do at once
   * @return the work that this run goes on with: the segment, or the first one of the next stage
   */
  Optional<SegmentWork> proceed(SegmentWork work, Recorded recorded, boolean goesOn) {
    var next = proceed(work.segment(), recorded);
    return goesOn && !recorded.stageEnded() ? Optional.of(work.withClearedAttempts()) : next;
  }

  /**
   * Follows up the commit that ended segments of a stage.
   *
   * @param segment any of them
   * @return the first segment of the next stage, if this run has to work it
   */
  Optional<SegmentWork> proceed(Segment segment, Recorded recorded) {
    publisher.publish(recorded.released());
    if (!recorded.stageEnded()) {
      return Optional.empty();
    }
    var job = segment.job();
    listener.stageEnded(job.kind().name(), segment.stage());
    var settled = recorded.settled();
    var next =
        settled == null
            ? settle(job.id(), job.kind().name(), segment.lease().holder())
            : after(settled, job.id(), job.kind().name());
    // Comes last: a reader that this event wakes finds the stage closed.
    progress.stageEnded(segment);
    return next.map(first -> SegmentWork.of(kinds, first));
  }

  /** Follows up the end of a stage whose job has been moved on already. */
  void ended(Segment segment, Recorded recorded) {
    publisher.publish(recorded.released());
    listener.stageEnded(segment.job().kind().name(), segment.stage());
    progress.stageEnded(segment);
  }

  /** Stops a segment in hand whose job is to stop, and settles the job. */
  void stopped(Segment segment) {
    try {
      store.leases().stop(segment.lease());
      settle(segment.job().id(), segment.job().kind().name(), segment.lease().holder());
    } catch (LeaseLostException e) {
      LOG.debug("stopped by somebody else: {}", segment.lease().key());
    }
  }

  /**
   * Moves a job on, if possible.
   *
   * @param caller has a command of the job in hand
   * @return the first segment of the next stage, if the caller has to work it
   */
  Optional<Segment> settle(JobId job, String kind, Holder caller) {
    return after(
        store.settlement().settle(job, kinds.stageNames(kind).orElseThrow(), caller), job, kind);
  }

  private Optional<Segment> after(Settlement settled, JobId job, String kind) {
    if (settled instanceof Settlement.Leased leased) {
      return Optional.of(leased.segment());
    }
    if (settled instanceof Settlement.Nothing nothing) {
      publisher.publish(nothing.released());
    }
    if (settled instanceof Settlement.Ended ended) {
      LOG.info("job ended job={} kind={} status={}", job, kind, ended.status().word());
      listener.jobEnded();
    }
    return Optional.empty();
  }
}
