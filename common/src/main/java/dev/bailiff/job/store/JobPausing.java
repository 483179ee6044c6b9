package dev.bailiff.job.store;

import dev.bailiff.job.JobId;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.PublishableCommand;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Holds jobs, and lets them go on (rule 5). The window of a paused job is empty: none of its
 * segments is published, so that a paused job costs nothing.
 *
 * <p><b>Why a crash does no harm:</b> the status and the window change in one transaction. A worker
 * that has a segment in hand sees the status at its next batch, and gives the segment back outside
 * the window. If that worker dies, the next delivery of its command takes the lease over and gives
 * it back in the same way. A command of a paused job that is still on its way finds no lease to
 * take. After a resumption, the window is filled in the same transaction; if the caller dies before
 * it publishes the commands, the store publishes them.
 */
public final class JobPausing {
  private final Jdbi jdbi;
  private final LeaseConfig config;

  JobPausing(Jdbi jdbi, LeaseConfig config) {
    this.jdbi = jdbi;
    this.config = config;
  }

  /**
   * The state of a job after a call.
   *
   * @param commands to be published now
   */
  public record Held(JobStatus status, List<PublishableCommand> commands) {}

  /**
   * Holds a job. Batches that run end; no other begins.
   *
   * @return the status after the call; empty if there is no such job. A job that has ended, or was
   *     asked to stop, stays as it is.
   */
  public Optional<JobStatus> pause(JobId id) {
    return StatementTimeouts.inTransaction(
        jdbi,
        config.statementTimeout(),
        handle -> new JobStatusChanges(handle).lock(id).map(job -> pause(handle, job)));
  }

  private JobStatus pause(Handle handle, JobRow job) {
    var status = JobStatus.of(job.status());
    boolean runs = status == JobStatus.SCHEDULED || status == JobStatus.ACTIVE;
    if (!runs || job.cancelRequestedAt() != null) {
      return status;
    }
    new JobStatusChanges(handle).move(job.jobId(), status, JobStatus.PAUSED);
    new SegmentWindow(handle, config).empty(job.stage());
    return JobStatus.PAUSED;
  }

  /**
   * Lets a paused job go on where it was held. A job that is to begin later begins then.
   *
   * @return empty if there is no such job. A job that is not paused stays as it is.
   */
  public Optional<Held> resume(JobId id) {
    return StatementTimeouts.inTransaction(
        jdbi,
        config.statementTimeout(),
        handle -> new JobStatusChanges(handle).lock(id).map(job -> resume(handle, job)));
  }

  private Held resume(Handle handle, JobRow job) {
    var status = JobStatus.of(job.status());
    if (status != JobStatus.PAUSED || job.cancelRequestedAt() != null) {
      return new Held(status, List.of());
    }
    var next = job.hasStarted() ? JobStatus.ACTIVE : JobStatus.SCHEDULED;
    new JobStatusChanges(handle).move(job.jobId(), status, next);
    var window = new SegmentWindow(handle, config);
    if (window.isScheduled(job.stage())) {
      return new Held(next, List.of());
    }
    window.enqueue(job.jobId());
    return new Held(next, window.fill(job.jobId(), config.window()));
  }
}
