package dev.bailiff.job.store;

import dev.bailiff.job.Holder;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.PublishableCommand;
import dev.bailiff.job.Segment;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Rule 6: one end. Stages are opened and jobs are ended only under the job's row lock ({@link
 * JobMoves}), by the state of the rows at that moment. Any process may therefore settle a job at
 * any time, any number of times: the second call finds nothing to do.
 */
public final class JobSettlement {
  private final Jdbi jdbi;
  private final LeaseConfig config;

  JobSettlement(Jdbi jdbi, LeaseConfig config) {
    this.jdbi = jdbi;
    this.config = config;
  }

  /** The result of settling. */
  public sealed interface Settlement {
    /**
     * Segments are still open, or the job had ended before. {@code released}: commands to publish.
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
   * Moves a job on or ends it, if no segment of its stage is open. The name of the stage, not its
   * number, determines the next stage: another release, which has worked on the job before, may
   * have other stages. If the job's stage is not among {@code stages}, the job is left to workers
   * that know the stage.
   *
   * @param stages names of the kind's stages, in order, as the caller's release has them
   * @param caller the worker that takes the first segment of the next stage, with its command of
   *     this job, through which it takes the lease; null to publish the segment's command
   */
  public Settlement settle(JobId id, List<String> stages, @Nullable Holder caller) {
    return StatementTimeouts.inTransaction(
        jdbi,
        config.statementTimeout(),
        handle -> {
          var job = new JobStatusChanges(handle).lock(id);
          return job.isEmpty()
              ? new Settlement.Nothing(List.of())
              : new JobMoves(handle, config).settle(job.get(), stages, caller);
        });
  }

  /**
   * Asks a job to stop (rule 5). Running segments stop at their next batch; ready segments are
   * cancelled now.
   *
   * @return the status after the call; empty if there is no such job. A job that has ended keeps
   *     its end.
   */
  public Optional<JobStatus> cancel(JobId id) {
    return StatementTimeouts.inTransaction(
        jdbi,
        config.statementTimeout(),
        handle -> {
          var changes = new JobStatusChanges(handle);
          var job = changes.lock(id);
          if (job.isEmpty()) {
            return Optional.<JobStatus>empty();
          }
          var status = JobStatus.of(job.get().status());
          if (status.isTerminal()) {
            return Optional.of(status);
          }
          changes.requestCancel(id);
          var settled = new JobMoves(handle, config).cancel(job.get());
          return Optional.of(settled instanceof Settlement.Ended ended ? ended.status() : status);
        });
  }
}
