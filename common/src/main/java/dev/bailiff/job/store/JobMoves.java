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
import dev.bailiff.schemas.kind.KindContract;
import java.util.List;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Rule 6: opens the next stage of a job, or ends the job. The caller has locked the job's row in
 * the transaction of the handle.
 */
final class JobMoves {
  private static final String TRY_AGAIN =
      "update jobs.job set second_try = true where job_id = :job";

  private static final String IS_EXPIRED =
      "select coalesce(approval_until <= clock_timestamp(), false) from jobs.job where job_id = :job";

  private static final JobError NOT_APPROVED =
      new JobError(403, "M_FORBIDDEN", "nobody approved the job in time");

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
  Settlement settle(JobRow job, List<String> stages, @Nullable Holder caller) {
    return settle(job, () -> StageRow.find(handle, job.jobId()).orElseThrow(), stages, caller);
  }

  /**
   * Moves the job on or ends it, with the stage given.
   *
   * @param current the job's stage, read only if it matters
   */
  Settlement settle(
      JobRow job, Supplier<StageRow> current, List<String> stages, @Nullable Holder caller) {
    if (JobStatus.of(job.status()).isTerminal()) {
      return new Settlement.Nothing(List.of());
    }
    if (job.cancelRequestedAt() != null) {
      return cancel(job);
    }
    if (isExpired(job)) {
      return end(job, JobStatus.CANCELLED, NOT_APPROVED);
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
    var error = job.stopError() == null ? fatalError(stage) : job.stopError();
    if (error != null) {
      return end(job, JobStatus.FAILED, error);
    }
    if (foundNothing(job, stage)) {
      return end(job, JobStatus.COMPLETED, null);
    }
    if (KindContract.BEFORE_APPROVAL.contains(stage.name())) {
      return beforeApproval(job, stage.name(), stages, caller);
    }
    var next = behind(place, job.dryRun(), stages);
    if (next == null && stage.leftOver()) {
      var again = firstThatWorks(stages.subList(0, place));
      if (again != null) {
        handle.createUpdate(TRY_AGAIN).bind("job", job.jobId()).execute();
        return open(job, again, true, caller);
      }
    }
    return next == null
        ? end(job, JobStatus.COMPLETED, null)
        : open(job, next, job.secondTry(), caller);
  }

  private boolean isExpired(JobRow job) {
    return JobStatus.of(job.status()) == JobStatus.AWAITING_APPROVAL
        && handle.createQuery(IS_EXPIRED).bind("job", job.jobId()).mapTo(Boolean.class).one();
  }

  /**
   * Moves a job on that may need an approval. The stage with which its work begins was fixed at its
   * acceptance; a worker that does not know it leaves the job to others.
   */
  private Settlement beforeApproval(
      JobRow job, String ended, List<String> stages, @Nullable Holder caller) {
    var approval = new ApprovalMoves(handle, job);
    var question = approval.question(ended);
    if (question != null) {
      new StageChange(handle, config).close(job.stage());
      approval.ask(question);
      return new Settlement.Nothing(
          new SegmentWindow(handle, config).fill(job.jobId(), config.window()));
    }
    var next = approval.next(ended);
    if (!stages.contains(next)) {
      return new Settlement.Nothing(List.of());
    }
    if (!approval.startsLater(next)) {
      return open(job, next, job.secondTry(), caller);
    }
    var stage = new StageKey(job.jobId(), job.stageN() + 1);
    new StageChange(handle, config).openReady(stage, next);
    approval.startLater(stage);
    return new Settlement.Nothing(List.of());
  }

  /** Where the second try begins: what was prepared for the first one holds. */
  private static @Nullable String firstThatWorks(List<String> stages) {
    return stages.stream()
        .filter(name -> !KindContract.PREPARING.contains(name))
        .findFirst()
        .orElse(null);
  }

  /**
   * The stage that comes next; null if there is none. A dry run has no stage that could change
   * anything, whoever moves it on and whatever stages its kind has.
   */
  private static @Nullable String behind(int place, boolean dryRun, List<String> stages) {
    for (var name : stages.subList(place + 1, stages.size())) {
      if (dryRun
          ? name.equals(KindContract.DRY_RUN)
          : !name.equals(KindContract.DRY_RUN) && !KindContract.BEFORE_APPROVAL.contains(name)) {
        return name;
      }
    }
    return null;
  }

  /**
   * Cancels the segments of a stopped job that nobody works on; ends the job if no other segment is
   * open.
   */
  Settlement cancel(JobRow job) {
    var cancelled = new SegmentEnds(handle).cancelReady(job.stage());
    int open = new StageCounters(handle).end(job.stage(), cancelled);
    if (open > 0) {
      return new Settlement.Nothing(List.of());
    }
    var error = job.stopError();
    return end(job, error == null ? JobStatus.CANCELLED : JobStatus.FAILED, error);
  }

  private List<PublishableCommand> release(JobRow job) {
    var window = new SegmentWindow(handle, config);
    window.enqueue(job.jobId());
    return window.fill(job.jobId(), config.window());
  }

  /**
   * The error with which the job ends, if any. A job fails with its only target, with its plan, or
   * with a stage that could not be planned: a later stage that could not be planned would otherwise
   * look like a stage without work.
   */
  private static @Nullable JobError fatalError(StageRow stage) {
    if (stage.targetError() != null) {
      return stage.targetError();
    }
    var plan = stage.planError();
    return plan == null ? null : new JobError(500, "M_UNKNOWN", plan);
  }

  /** Whether the filter of a job found no target, so that there is nothing to do. */
  private static boolean foundNothing(JobRow job, StageRow stage) {
    return (stage.name().equals(KindContract.RESOLVE) || stage.name().equals(KindContract.FIND))
        && job.targetCount() == 0;
  }

  private Settlement open(JobRow job, String name, boolean again, @Nullable Holder caller) {
    int next = job.stageN() + 1;
    var stage = new StageKey(job.jobId(), next);
    var change = new StageChange(handle, config);
    if (caller == null) {
      change.openReady(stage, name);
      return new Settlement.Opened(
          new PublishableCommand(
              new SegmentCommand(SegmentCommand.VERSION, job.jobId(), job.kind(), next, 0, 0, null),
              true));
    }
    change.openLeased(stage, name, caller);
    var key = new SegmentKey(new JobId(job.jobId()), next, 0);
    return new Settlement.Leased(
        new Segment(new Lease(key, caller, 1, 1), name, job.facts(again), null, null, 0));
  }

  private Settlement end(JobRow job, JobStatus status, @Nullable JobError error) {
    var from = JobStatus.of(job.status());
    if (!JobTransitions.allowed(from, status)) {
      throw new IllegalStateException(from + " cannot become " + status);
    }
    new StageChange(handle, config).close(job.stage());
    new JobStatusChanges(handle).end(job.jobId(), from, status, error);
    return new Settlement.Ended(status);
  }
}
