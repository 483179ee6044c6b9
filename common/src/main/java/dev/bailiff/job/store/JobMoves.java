package dev.bailiff.job.store;

import dev.bailiff.job.Holder;
import dev.bailiff.job.JobError;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobTransitions;
import dev.bailiff.job.PublishableCommand;
import dev.bailiff.job.SegmentKey;
import dev.bailiff.job.store.JobSettlement.Settlement;
import dev.bailiff.schemas.command.SegmentCommand;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Rule 6: opens the next stage of a job, or ends the job. The caller has locked the job's row in
 * the transaction of the handle.
 */
final class JobMoves {
  private final Handle handle;
  private final LeaseConfig config;

  JobMoves(Handle handle, LeaseConfig config) {
    this.handle = handle;
    this.config = config;
  }

  /**
   * Moves the job on or ends it, if nothing of its stage is open.
   *
   * @param stages names of the kind's stages, in order, as the caller's release has them
   * @param caller who wants the first segment of the next stage; null to have it published
   */
  Settlement settle(JobDao.JobRow job, List<String> stages, @Nullable Holder caller) {
    if (JobStatus.of(job.status()).isTerminal()) {
      return new Settlement.Nothing(List.of());
    }
    if (job.cancelRequestedAt() != null) {
      return cancel(job);
    }
    if (JobStatus.of(job.status()) != JobStatus.ACTIVE) {
      return new Settlement.Nothing(List.of());
    }
    var stage =
        handle
            .attach(StageDao.class)
            .find(job.jobId(), job.stageN(), job.targetCount() == 1)
            .orElseThrow();
    if (stage.openSegments() > 0) {
      return new Settlement.Nothing(release(job));
    }
    int place = stages.indexOf(stage.name());
    if (place < 0) {
      return new Settlement.Nothing(List.of());
    }
    var error = fatalError(stage);
    if (error != null) {
      return end(job, JobStatus.FAILED, error);
    }
    return place + 1 < stages.size()
        ? open(job, job.stageN() + 1, stages.get(place + 1), caller)
        : end(job, JobStatus.COMPLETED, null);
  }

  /** Ends what nobody works on of a job that was told to stop, and the job with the last of it. */
  Settlement cancel(JobDao.JobRow job) {
    var cancelled = handle.attach(SegmentDao.class).cancelReady(job.jobId(), job.stageN());
    int open =
        handle
            .attach(StageDao.class)
            .end(
                job.jobId(),
                job.stageN(),
                cancelled.segments(),
                cancelled.done(),
                cancelled.failed(),
                cancelled.skipped());
    return open > 0 ? new Settlement.Nothing(List.of()) : end(job, JobStatus.CANCELLED, null);
  }

  private List<PublishableCommand> release(JobDao.JobRow job) {
    return handle
        .attach(SegmentDao.class)
        .release(
            new UUID[] {job.jobId()},
            new Integer[] {job.stageN()},
            config.window(),
            config.republishAfter().toMillis())
        .stream()
        .map(BatchWriter::command)
        .toList();
  }

  /**
   * A job fails with its only target, with its plan, or with a stage that could not be planned: a
   * later stage that could not be planned would look like one that had nothing to do.
   */
  private static @Nullable JobError fatalError(StageDao.StageRow stage) {
    var target = stage.targetError();
    if (target != null) {
      return new JobError(target.errorStatus(), target.errorCode(), target.errorText());
    }
    var plan = stage.planError();
    return plan == null ? null : new JobError(500, "M_UNKNOWN", plan);
  }

  private Settlement open(JobDao.JobRow job, int next, String name, @Nullable Holder caller) {
    handle.attach(StageDao.class).open(job.jobId(), next, name);
    long republishMillis = config.republishAfter().toMillis();
    if (caller == null) {
      handle
          .attach(SegmentDao.class)
          .insertFirst(job.jobId(), next, 1, null, republishMillis, null, 0);
      return new Settlement.Opened(
          new PublishableCommand(
              new SegmentCommand(SegmentCommand.VERSION, job.jobId(), job.kind(), next, 0, 0, null),
              true));
    }
    var through = caller.through();
    var row =
        handle
            .attach(SegmentDao.class)
            .open(
                job.jobId(),
                next,
                caller.owner(),
                config.lease().toMillis(),
                republishMillis,
                through.segment().stage(),
                through.segment().segment(),
                through.epoch(),
                through.count());
    var key = new SegmentKey(new JobId(job.jobId()), next, 0);
    return new Settlement.Leased(SegmentLeases.segment(key, caller, row));
  }

  private Settlement end(JobDao.JobRow job, JobStatus status, @Nullable JobError error) {
    var from = JobStatus.of(job.status());
    if (!JobTransitions.allowed(from, status)) {
      throw new IllegalStateException(from + " cannot become " + status);
    }
    handle.attach(StageDao.class).close(job.jobId(), job.stageN());
    handle
        .attach(JobDao.class)
        .end(
            job.jobId(),
            from.word(),
            status.word(),
            error == null ? null : error.status(),
            error == null ? null : error.code(),
            error == null ? null : error.text());
    return new Settlement.Ended(status);
  }
}
