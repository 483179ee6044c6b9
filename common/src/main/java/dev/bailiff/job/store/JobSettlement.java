package dev.bailiff.job.store;

import dev.bailiff.job.Holder;
import dev.bailiff.job.JobError;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobTransitions;
import dev.bailiff.job.PublishableCommand;
import dev.bailiff.job.Segment;
import dev.bailiff.job.SegmentKey;
import dev.bailiff.schemas.command.SegmentCommand;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Rule 6: one end. Stages are opened and jobs are ended here alone, under the job's row lock, from
 * what the rows say at that moment. So it may be called by anybody, at any time, any number of
 * times: the second call finds nothing to do.
 */
public final class JobSettlement {
  private final Jdbi jdbi;
  private final LeaseConfig config;

  JobSettlement(Jdbi jdbi, LeaseConfig config) {
    this.jdbi = jdbi;
    this.config = config;
  }

  /** What settling did. */
  public sealed interface Settlement {
    /**
     * Segments are still open, or the job has ended before. {@code released}: commands to publish.
     */
    record Nothing(List<PublishableCommand> released) implements Settlement {}

    /** A stage was opened; the caller owns its first segment. */
    record Leased(Segment segment) implements Settlement {}

    /** A stage was opened; its first command is to be published. */
    record Opened(PublishableCommand command) implements Settlement {}

    /** The job ended. */
    record Ended(JobStatus status) implements Settlement {}
  }

  /**
   * Moves a job on or ends it, if nothing of its stage is open. What comes next is told by the name
   * of the stage, not by its number: another release, which has worked on the job before, may have
   * other stages. A job that stands in a stage that is not among them is left to those who know it.
   *
   * @param stages names of the kind's stages, in order, as the caller's release has them
   * @param caller who wants the first segment of the next stage, with the command of this job that
   *     stands behind that lease; null to have it published
   */
  public Settlement settle(JobId id, List<String> stages, @Nullable Holder caller) {
    return StatementTimeouts.inTransaction(
        jdbi,
        config.statementTimeout(),
        handle -> {
          var job = handle.attach(JobDao.class).lock(id.value());
          if (job.isEmpty() || JobStatus.of(job.get().status()).isTerminal()) {
            return new Settlement.Nothing(List.of());
          }
          if (job.get().cancelRequestedAt() != null) {
            return settleCancelled(handle, id, job.get());
          }
          return settleActive(handle, id, job.get(), stages, caller);
        });
  }

  /**
   * Asks a job to stop (rule 5). What runs stops at its next batch; what is ready is cancelled now.
   *
   * @return the status after it; empty if there is no such job. A job that has ended keeps its end.
   */
  public Optional<JobStatus> cancel(JobId id) {
    return StatementTimeouts.inTransaction(
        jdbi,
        config.statementTimeout(),
        handle -> {
          var jobs = handle.attach(JobDao.class);
          var job = jobs.lock(id.value());
          if (job.isEmpty()) {
            return Optional.<JobStatus>empty();
          }
          var status = JobStatus.of(job.get().status());
          if (status.isTerminal()) {
            return Optional.of(status);
          }
          jobs.requestCancel(id.value());
          var settled = settleCancelled(handle, id, job.get());
          return Optional.of(settled instanceof Settlement.Ended ended ? ended.status() : status);
        });
  }

  private Settlement settleCancelled(Handle handle, JobId id, JobDao.JobRow job) {
    var cancelled = handle.attach(SegmentDao.class).cancelReady(id.value(), job.stageN());
    int open =
        handle
            .attach(StageDao.class)
            .end(
                id.value(),
                job.stageN(),
                cancelled.segments(),
                cancelled.done(),
                cancelled.failed(),
                cancelled.skipped());
    if (open > 0) {
      return new Settlement.Nothing(List.of());
    }
    handle.attach(StageDao.class).close(id.value(), job.stageN());
    return end(handle, id, job, JobStatus.CANCELLED, null);
  }

  private Settlement settleActive(
      Handle handle, JobId id, JobDao.JobRow job, List<String> stages, @Nullable Holder caller) {
    var stage = handle.attach(StageDao.class).find(id.value(), job.stageN()).orElseThrow();
    if (JobStatus.of(job.status()) != JobStatus.ACTIVE) {
      return new Settlement.Nothing(List.of());
    }
    if (stage.openSegments() > 0) {
      var released =
          handle
              .attach(SegmentDao.class)
              .release(
                  new UUID[] {id.value()},
                  new Integer[] {job.stageN()},
                  config.window(),
                  config.republishAfter().toMillis());
      return new Settlement.Nothing(released.stream().map(BatchWriter::command).toList());
    }
    int place = stages.indexOf(stage.name());
    if (place < 0) {
      return new Settlement.Nothing(List.of());
    }
    handle.attach(StageDao.class).close(id.value(), job.stageN());
    var error = fatalError(handle, id, job);
    if (error.isPresent()) {
      return end(handle, id, job, JobStatus.FAILED, error.get());
    }
    return place + 1 < stages.size()
        ? open(handle, id, job, job.stageN() + 1, stages.get(place + 1), caller)
        : end(handle, id, job, JobStatus.COMPLETED, null);
  }

  /** A job fails with its only target, with its plan, or with a stage that could not be planned. */
  private static Optional<JobError> fatalError(Handle handle, JobId id, JobDao.JobRow job) {
    if (job.targetCount() == 1) {
      var error = handle.attach(TargetDao.class).errorOfFirst(id.value());
      if (error.isPresent()) {
        return error.map(row -> new JobError(row.errorStatus(), row.errorCode(), row.errorText()));
      }
    }
    // A later stage that could not be planned would look like one that had nothing to do.
    return handle
        .createQuery(
            """
            select last_error from jobs.segment
             where job_id = :job and stage_n = :stage and segment_n = 0 and status = 'failed'
               and (stage_n = 0 or range is null)
            """)
        .bind("job", id.value())
        .bind("stage", job.stageN())
        .mapTo(String.class)
        .findOne()
        .map(text -> new JobError(500, "M_UNKNOWN", text));
  }

  private Settlement open(
      Handle handle, JobId id, JobDao.JobRow job, int next, String name, @Nullable Holder caller) {
    handle.attach(StageDao.class).insert(id.value(), next, name, 0);
    handle.attach(JobDao.class).openStage(id.value(), next);
    if (caller == null) {
      handle
          .attach(SegmentDao.class)
          .insertFirst(id.value(), next, 1, null, config.republishAfter().toMillis(), null, 0);
      return new Settlement.Opened(
          new PublishableCommand(
              new SegmentCommand(SegmentCommand.VERSION, id.value(), job.kind(), next, 0, 0, null),
              true));
    }
    var through = caller.through();
    var row =
        handle
            .attach(SegmentDao.class)
            .open(
                id.value(),
                next,
                caller.owner(),
                config.lease().toMillis(),
                config.republishAfter().toMillis(),
                through.segment().stage(),
                through.segment().segment(),
                through.epoch(),
                through.count());
    return new Settlement.Leased(SegmentLeases.segment(new SegmentKey(id, next, 0), caller, row));
  }

  private static Settlement end(
      Handle handle, JobId id, JobDao.JobRow job, JobStatus status, @Nullable JobError error) {
    var from = JobStatus.of(job.status());
    if (!JobTransitions.allowed(from, status)) {
      throw new IllegalStateException(from + " cannot become " + status);
    }
    var jobs = handle.attach(JobDao.class);
    jobs.end(
        id.value(),
        status.word(),
        error == null ? null : error.status(),
        error == null ? null : error.code(),
        error == null ? null : error.text());
    jobs.insertTransition(id.value(), from.word(), status.word());
    handle.attach(ClaimDao.class).release(id.value());
    return new Settlement.Ended(status);
  }
}
