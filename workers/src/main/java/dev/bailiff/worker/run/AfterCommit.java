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
 * Does what follows the commit of a batch: commands are published, a job whose stage ended is
 * settled if the commit did not do it. If this process dies before, the classes in {@code
 * worker.maintain} do it from the store.
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
   * After a batch of a segment.
   *
   * @param goesOn whether the segment has more to do at once
   * @return what this run goes on with: the segment, or the first one of the next stage
   */
  Optional<SegmentWork> proceed(SegmentWork work, Recorded recorded, boolean goesOn) {
    var next = proceed(work.segment(), recorded);
    return goesOn && !recorded.stageEnded() ? Optional.of(work.withClearedAttempts()) : next;
  }

  /**
   * After the end of segments of a stage.
   *
   * @param segment any of them
   * @return the first one of the next stage, if it is ours to work
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
    // Comes last, so that a reader whom it wakes finds the stage closed.
    progress.stageEnded(segment);
    return next.map(first -> SegmentWork.of(kinds, first));
  }

  /** After the end of a stage; what follows for its job is done already. */
  void ended(Segment segment, Recorded recorded) {
    publisher.publish(recorded.released());
    listener.stageEnded(segment.job().kind().name(), segment.stage());
    progress.stageEnded(segment);
  }

  /** The job of a segment in hand is to stop. */
  void stopped(Segment segment) {
    try {
      store.leases().stop(segment.lease());
      settle(segment.job().id(), segment.job().kind().name(), segment.lease().holder());
    } catch (LeaseLostException e) {
      LOG.debug("stopped by somebody else: {}", segment.lease().key());
    }
  }

  /**
   * Moves a job on, if it can be.
   *
   * @param caller has a command of the job in hand
   * @return the first segment of the next stage, if it is the caller's to work
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
