package dev.bailiff.job.store;

import dev.bailiff.job.Holder;
import dev.bailiff.job.JobError;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobTransitions;
import dev.bailiff.job.Lease;
import dev.bailiff.job.PublishableCommand;
import dev.bailiff.job.Segment;
import dev.bailiff.job.SegmentKey;
import dev.bailiff.job.store.JobSettlement.Settlement;
import dev.bailiff.schemas.command.SegmentCommand;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * Rule 6: opens the next stage of a job, or ends the job. The caller has locked the job's row in
 * the transaction of the handle.
 */
final class JobMoves {
  /**
   * Opens a stage whose first segment, which plans the stage, is ready; the caller publishes its
   * command.
   */
  private static final String OPEN_READY =
      StageDao.OPEN
          + """
          insert into jobs.segment (job_id, stage_n, segment_n, status, express, publications, publish_at, total)
          values (:jobId, :stage, 0, 'ready', true, 1, clock_timestamp() + :republishMillis * interval '1 millisecond', 0)
          """;

  /**
   * Opens a stage whose first segment, which plans the stage, is leased by the worker that opens
   * the stage. The lease is taken through the worker's current command: if the worker dies, the
   * next delivery of that command takes the lease over.
   */
  private static final String OPEN_LEASED =
      StageDao.OPEN
          + """
          insert into jobs.segment (job_id, stage_n, segment_n, status, express, epoch, attempts, publications, publish_at,
                                    lease_owner, lease_expires_at, through_stage, through_segment, through_epoch,
                                    through_delivery, through_lease)
          values (:jobId, :stage, 0, 'leased', true, 1, 1, 1, clock_timestamp() + :republishMillis * interval '1 millisecond',
                  :owner, clock_timestamp() + :leaseMillis * interval '1 millisecond', :throughStage, :throughSegment,
                  :throughEpoch, :throughDelivery, 1)
          """;

  private final Handle handle;
  private final LeaseConfig config;

  JobMoves(Handle handle, LeaseConfig config) {
    this.handle = handle;
    this.config = config;
  }

  /**
   * Moves the job on or ends it, if no segment of its stage is open.
   *
   * @param stages names of the kind's stages, in order, as the caller's release has them
   * @param caller the worker that takes the first segment of the next stage; null to publish its
   *     command
   */
  Settlement settle(JobDao.JobRow job, List<String> stages, @Nullable Holder caller) {
    return settle(
        job, () -> handle.attach(StageDao.class).find(job.jobId()).orElseThrow(), stages, caller);
  }

  /**
   * Moves the job on or ends it, with the stage given.
   *
   * @param current the job's stage, read only if it matters
   */
  Settlement settle(
      JobDao.JobRow job,
      Supplier<StageDao.StageRow> current,
      List<String> stages,
      @Nullable Holder caller) {
    if (JobStatus.of(job.status()).isTerminal()) {
      return new Settlement.Nothing(List.of());
    }
    if (job.cancelRequestedAt() != null) {
      return cancel(job);
    }
    if (JobStatus.of(job.status()) != JobStatus.ACTIVE) {
      return new Settlement.Nothing(List.of());
    }
    var stage = current.get();
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

  /**
   * Cancels the segments of a stopped job that nobody works on; ends the job if no other segment is
   * open.
   */
  Settlement cancel(JobDao.JobRow job) {
    var cancelled = handle.attach(SegmentDao.class).cancelReady(job.jobId(), job.stageN());
    int open =
        handle
            .attach(StageDao.class)
            .end(
                job.jobId(),
                job.stageN(),
                cancelled.segments(),
                0,
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
   * The error with which the job ends, if any. A job fails with its only target, with its plan, or
   * with a stage that could not be planned: a later stage that could not be planned would otherwise
   * look like a stage without work.
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
    if (caller == null) {
      opening(OPEN_READY, job, next, name).execute();
      return new Settlement.Opened(
          new PublishableCommand(
              new SegmentCommand(SegmentCommand.VERSION, job.jobId(), job.kind(), next, 0, 0, null),
              true));
    }
    var through = caller.through();
    opening(OPEN_LEASED, job, next, name)
        .bind("owner", caller.owner())
        .bind("leaseMillis", config.lease().toMillis())
        .bind("throughStage", through.segment().stage())
        .bind("throughSegment", through.segment().segment())
        .bind("throughEpoch", through.epoch())
        .bind("throughDelivery", through.count())
        .execute();
    var key = new SegmentKey(new JobId(job.jobId()), next, 0);
    return new Settlement.Leased(
        new Segment(new Lease(key, caller, 1, 1), name, job.facts(), null, null, 0));
  }

  private Update opening(String sql, JobDao.JobRow job, int next, String name) {
    return handle
        .createUpdate(sql)
        .bind("jobId", job.jobId())
        .bind("stage", next)
        .bind("name", name)
        .bind("republishMillis", config.republishAfter().toMillis());
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
