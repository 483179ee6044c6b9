package dev.bailiff.job.store;

import dev.bailiff.homeserver.counting.CountingPort;
import dev.bailiff.job.JobStatus;
import dev.bailiff.schemas.kind.KindContract;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What follows the stages before an approval. The caller has locked the job's row in the
 * transaction of the handle.
 *
 * <p><b>Why a crash does no harm:</b> that a job waits is its status, written in the transaction
 * that closes the stage which counted. Whoever settles the job at that moment decides by the rows
 * alone: by the policy that was stored with the job, and by the numbers that were committed with
 * the checkpoints.
 */
final class ApprovalMoves {
  /** What the homeserver could not count might be of any size. */
  private static final String NOT_COUNTED = "some of its rooms could not be looked at";

  private static final String LARGEST_ROOM =
      """
      select coalesce((select n.value from jobs.plan_number n where n.job_id = :job and n.name = :name), 0) as largest,
             coalesce((select t.failed > 0 from jobs.stage t where t.job_id = :job and t.stage_n = :stage), false) as failed
      """;

  /** Numbers that the homeserver did not tell before or does not tell now are left out. */
  private static final String GROWN =
      """
      select n.name, coalesce((a.seen ->> n.name)::bigint, 0) as seen, n.value
        from jobs.approval a join jobs.plan_number n on n.job_id = a.job_id
       where a.job_id = :job and n.value is not null
         and not (jsonb_exists(a.seen, n.name) and a.seen ->> n.name is null)
         and n.value > 1.1 * coalesce((a.seen ->> n.name)::bigint, 0)
       order by n.name
      """;

  private static final String ASK =
      """
      with asked as (
        update jobs.approval
           set plans = plans + 1, why = :why, counted_at = clock_timestamp(), approved_by = null, approved_at = null
         where job_id = :job returning expiry_millis)
      update jobs.job j
         set status = 'awaiting_approval', changed_at = clock_timestamp(),
             approval_until = clock_timestamp() + a.expiry_millis * interval '1 millisecond'
        from asked a where j.job_id = :job
      """;

  private static final String START_LATER =
      """
      update jobs.segment s set publish_at = j.run_at, publications = 0
        from jobs.job j
       where j.job_id = s.job_id and s.job_id = :job and s.stage_n = :stage and s.status = 'ready'
      """;

  private final Handle handle;
  private final JobRow job;
  private final ApprovalRow approval;

  ApprovalMoves(Handle handle, JobRow job) {
    this.handle = handle;
    this.job = job;
    this.approval =
        ApprovalRow.find(handle, job.jobId())
            .orElseThrow(() -> new IllegalStateException("no policy of job " + job.jobId()));
  }

  /**
   * Why the job needs an approval now that a stage has ended; null if it goes on with {@link
   * #next}.
   */
  @Nullable String question(String ended) {
    if (!ended.equals(KindContract.COUNT)) {
      return null;
    }
    return approval.approvedBy() == null ? whyAfterWeighing() : grown();
  }

  /** The stage behind one that has ended, if nobody has to be asked. */
  String next(String ended) {
    if (ended.equals(KindContract.FIND)) {
      var first = approval.firstStage(handle, job.jobId(), job.targetCount());
      return first == null ? approval.nextStage() : first;
    }
    boolean counts =
        ended.equals(KindContract.WEIGH)
            && (approval.approvedBy() != null || whyAfterWeighing() != null);
    return counts ? KindContract.COUNT : approval.nextStage();
  }

  /** Whether a stage that comes next begins only at the job's own time. */
  boolean startsLater(String next) {
    return approval.startsLater() && !KindContract.BEFORE_APPROVAL.contains(next);
  }

  /** Has the first segment of an opened stage published at the job's own time. */
  void startLater(StageKey opened) {
    handle
        .createUpdate(START_LATER)
        .bind("job", opened.job())
        .bind("stage", opened.stage())
        .execute();
  }

  /** Has the job wait for an approval. */
  void ask(String why) {
    handle.createUpdate(ASK).bind("job", job.jobId()).bind("why", why).execute();
    new JobStatusChanges(handle)
        .insertTransition(job.jobId(), JobStatus.of(job.status()), JobStatus.AWAITING_APPROVAL);
  }

  /** The stage that weighed is the current one or the one before. */
  private @Nullable String whyAfterWeighing() {
    return handle
        .createQuery(LARGEST_ROOM)
        .bind("job", job.jobId())
        .bind("name", CountingPort.LARGEST_ROOM)
        .bind("stage", weighed())
        .map(
            (row, context) -> {
              var why =
                  approval.why(handle, job.jobId(), job.targetCount(), row.getLong("largest"));
              return why == null && row.getBoolean("failed") ? NOT_COUNTED : why;
            })
        .one();
  }

  private int weighed() {
    return handle
        .createQuery(
            "select coalesce(max(stage_n), -1) from jobs.stage where job_id = :job and name = :name")
        .bind("job", job.jobId())
        .bind("name", KindContract.WEIGH)
        .mapTo(Integer.class)
        .one();
  }

  private @Nullable String grown() {
    List<String> grown =
        handle
            .createQuery(GROWN)
            .bind("job", job.jobId())
            .map(
                (row, context) ->
                    String.format(
                        Locale.ROOT,
                        "%s from %,d to %,d",
                        row.getString("name"),
                        row.getLong("seen"),
                        row.getLong("value")))
            .list();
    return grown.isEmpty()
        ? null
        : "its numbers grew by more than 10 % since "
            + approval.approvedBy()
            + " saw them: "
            + String.join(", ", grown);
  }
}
