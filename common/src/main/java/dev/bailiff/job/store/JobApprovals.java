package dev.bailiff.job.store;

import dev.bailiff.job.Approver;
import dev.bailiff.job.JobError;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.PublishableCommand;
import dev.bailiff.schemas.command.SegmentCommand;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Approvals and rejections of jobs that wait for one. An approved job is counted once more before
 * it begins: if its numbers grew since, it asks again.
 *
 * <p><b>Why two approvers do no harm:</b> each locks the job's row, and the second finds that the
 * job does not wait any more. <b>Why a crash does no harm:</b> the approval and the stage that
 * counts are committed together; if the caller dies before it publishes the command, the store
 * publishes it. No decision depends on a clock but the expiry, which can only end a job.
 */
public final class JobApprovals {
  private static final String APPROVE =
      """
      update jobs.approval a
         set approved_by = :name, approved_at = clock_timestamp(),
             seen = (select coalesce(jsonb_object_agg(n.name, n.value), '{}') from jobs.plan_number n where n.job_id = a.job_id)
       where a.job_id = :job
      """;

  private static final String FORGET_NUMBERS = "delete from jobs.plan_number where job_id = :job";

  private static final String FORGET_LEFT_OUT = "delete from jobs.left_out where job_id = :job";

  private static final String GO_ON =
      """
      update jobs.job
         set status = 'active', approval_until = null, started_at = clock_timestamp(), changed_at = clock_timestamp()
       where job_id = :job and status = 'awaiting_approval'
      """;

  private static final String REJECT =
      """
      update jobs.approval set rejected_by = :name, rejected_at = clock_timestamp(), rejection = :reason
       where job_id = :job
      """;

  private final Jdbi jdbi;
  private final LeaseConfig config;

  JobApprovals(Jdbi jdbi, LeaseConfig config) {
    this.jdbi = jdbi;
    this.config = config;
  }

  /** The answer to an approver. */
  public sealed interface Answer {
    /** There is no such job. */
    record Unknown() implements Answer {}

    /**
     * The job does not wait for an approval.
     *
     * @param approvedBy who approved its newest plan; null if nobody did
     */
    record NotAsked(JobStatus status, @Nullable String approvedBy) implements Answer {}

    /** The job is the approver's own, or that of who made the approver's token. */
    record Own() implements Answer {}

    /** The approver means another plan than the newest one, which has this number. */
    record OtherPlan(int newest) implements Answer {}

    /**
     * It is done.
     *
     * @param commands to be published now
     */
    record Done(JobStatus status, List<PublishableCommand> commands) implements Answer {}
  }

  /**
   * Approves a job.
   *
   * @param plan number of the plan that the approver saw; null for the newest
   */
  public Answer approve(JobId id, Approver approver, @Nullable Integer plan) {
    return decide(id, approver, plan, (handle, job) -> approve(handle, job, approver));
  }

  /** Rejects a job, which ends as cancelled. */
  public Answer reject(JobId id, Approver approver, String reason) {
    return decide(id, approver, null, (handle, job) -> reject(handle, job, approver, reason));
  }

  private Answer decide(
      JobId id,
      Approver approver,
      @Nullable Integer plan,
      BiFunction<Handle, JobRow, Answer> decision) {
    return StatementTimeouts.inTransaction(
        jdbi,
        config.statementTimeout(),
        handle -> {
          var job = new JobStatusChanges(handle).lock(id).orElse(null);
          if (job == null) {
            return new Answer.Unknown();
          }
          var approval = ApprovalRow.find(handle, job.jobId()).orElse(null);
          var status = JobStatus.of(job.status());
          boolean isOwn =
              approval != null
                  && !Collections.disjoint(approval.terms().askedBy(), approver.parties());
          if (isOwn) {
            return new Answer.Own();
          }
          if (status != JobStatus.AWAITING_APPROVAL
              || approval == null
              || job.cancelRequestedAt() != null) {
            return new Answer.NotAsked(status, approval == null ? null : approval.approvedBy());
          }
          if (plan != null && plan != approval.plans()) {
            return new Answer.OtherPlan(approval.plans());
          }
          if (new JobMoves(handle, config).settle(job, List.of(), null)
              instanceof JobSettlement.Settlement.Ended ended) {
            return new Answer.NotAsked(ended.status(), null);
          }
          return decision.apply(handle, job);
        });
  }

  private Answer approve(Handle handle, JobRow job, Approver approver) {
    handle.createUpdate(APPROVE).bind("job", job.jobId()).bind("name", approver.name()).execute();
    handle.createUpdate(FORGET_NUMBERS).bind("job", job.jobId()).execute();
    handle.createUpdate(FORGET_LEFT_OUT).bind("job", job.jobId()).execute();
    handle.createUpdate(GO_ON).bind("job", job.jobId()).execute();
    new JobStatusChanges(handle)
        .insertTransition(job.jobId(), JobStatus.AWAITING_APPROVAL, JobStatus.ACTIVE);
    int next = job.stageN() + 1;
    new StageChange(handle, config)
        .openReady(
            new StageKey(job.jobId(), next),
            ApprovalRow.find(handle, job.jobId()).orElseThrow().countStage());
    return new Answer.Done(
        JobStatus.ACTIVE,
        List.of(
            new PublishableCommand(
                new SegmentCommand(
                    SegmentCommand.VERSION, job.jobId(), job.kind(), next, 0, 0, null),
                true)));
  }

  private static Answer reject(Handle handle, JobRow job, Approver approver, String reason) {
    handle
        .createUpdate(REJECT)
        .bind("job", job.jobId())
        .bind("name", approver.name())
        .bind("reason", reason)
        .execute();
    new JobStatusChanges(handle)
        .end(
            job.jobId(),
            JobStatus.AWAITING_APPROVAL,
            JobStatus.CANCELLED,
            new JobError(403, "M_FORBIDDEN", approver.name() + " rejected the job: " + reason));
    return new Answer.Done(JobStatus.CANCELLED, List.of());
  }
}
