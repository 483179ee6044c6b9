package dev.bailiff.job.store;

import dev.bailiff.job.JobId;
import dev.bailiff.job.JobView.FailureView;
import dev.bailiff.job.JobView.SegmentView;
import dev.bailiff.job.JobView.TargetView;
import dev.bailiff.job.SegmentStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Lists of one job: its targets and their replies, its segments, its failures, in pages by key. */
public final class JobPartReader {
  private static final String TARGETS_BEHIND =
      "select "
          + TargetViewRow.COLUMNS
          + """
            from jobs.target t where t.job_id = :job and t.target_n > :after
            order by t.target_n limit :limit
            """;

  /** Of all verdicts but that of most targets, by an index. */
  static final String TARGETS_WITH_VERDICT =
      "select "
          + TargetViewRow.COLUMNS
          + """
            from jobs.target t where t.job_id = :job and t.target_n > :after and t.verdict = :verdict%s
            order by t.target_n limit :limit
            """;

  /** Reads all targets of the job, by its key: some 0.4 s for a million. */
  private static final String VERDICTS =
      """
      select case when t.failed then 'failed' else coalesce(t.verdict, 'not-verified') end as word, count(*)
        from jobs.target t where t.job_id = :job group by 1 order by 1
      """;

  /** The verdict of most targets, which the index leaves out. */
  private static final String GONE = "gone";

  /** By the unique index on target and job. */
  private static final String TARGET =
      "select "
          + TargetViewRow.COLUMNS
          + " from jobs.target t where t.target = :target and t.job_id = :job";

  private static final String REPLY_ITEMS =
      """
      select item from jobs.reply_item
       where job_id = :job and target_n = :target and list = :list and item > :after
       order by item limit :limit
      """;

  private static final String SEGMENTS =
      """
      select stage_n, segment_n, status, epoch, attempts, total, done, failed, skipped, lease_owner,
             lease_expires_at, last_error
        from jobs.segment
       where job_id = :job and (stage_n, segment_n) > (:stage, :segment)
       order by stage_n, segment_n limit :limit
      """;

  private static final String FAILURES =
      """
      select failure_id, stage_n, segment_n, target_n, item, code, text, attempt, failed_at
        from jobs.failure
       where job_id = :job and failure_id > :after
       order by failure_id limit :limit
      """;

  /** By the partial index on the homeserver's ids. */
  static final String HOMESERVER_TASKS =
      """
      select distinct i.item from jobs.reply_item i join jobs.job j on j.job_id = i.job_id
       where i.list = 'synapse_tasks' and i.item = any(:ids) and j.status <> 'cancelled'
      """;

  private final Jdbi jdbi;

  JobPartReader(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Targets of a job in order, behind number {@code after} (-1 at the start). */
  public List<TargetView> targets(JobId id, int after, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(TARGETS_BEHIND)
                .bind("job", id.value())
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> TargetViewRow.read(row))
                .list());
  }

  /**
   * Targets of a job with a verdict, in order, behind number {@code after} (-1 at the start).
   *
   * @param verdict null for all targets
   */
  public List<TargetView> targets(JobId id, @Nullable String verdict, int after, int limit) {
    if (verdict == null) {
      return targets(id, after, limit);
    }
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(withVerdict(verdict))
                .bind("job", id.value())
                .bind("after", after)
                .bind("verdict", verdict)
                .bind("limit", limit)
                .map((row, context) -> TargetViewRow.read(row))
                .list());
  }

  /**
   * How many targets of a job have each verdict, by its word; {@code failed} if they failed, {@code
   * not-verified} if they have none.
   */
  public Map<String, Long> verdicts(JobId id) {
    var counts = new LinkedHashMap<String, Long>();
    jdbi.withHandle(
            handle ->
                handle
                    .createQuery(VERDICTS)
                    .bind("job", id.value())
                    .map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
                    .list())
        .forEach(count -> counts.put(count.getKey(), count.getValue()));
    return counts;
  }

  /** The planner uses the index only if the statement itself says that the verdict is in it. */
  static String withVerdict(String verdict) {
    return TARGETS_WITH_VERDICT.formatted(
        verdict.equals(GONE) ? "" : " and t.verdict <> '" + GONE + "'");
  }

  /** The target of a job that has this id. */
  public Optional<TargetView> target(JobId id, String target) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(TARGET)
                .bind("job", id.value())
                .bind("target", target)
                .map((row, context) -> TargetViewRow.read(row))
                .findOne());
  }

  /**
   * Entries of a list in the reply for one target, ascending, behind {@code after} (empty text at
   * the start).
   */
  public List<String> replyItems(JobId id, int target, String list, String after, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(REPLY_ITEMS)
                .bind("job", id.value())
                .bind("target", target)
                .bind("list", list)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> row.getString(1))
                .list());
  }

  /**
   * The tasks of the homeserver that jobs started, except cancelled jobs: their tasks may outlast
   * them.
   *
   * @param ids at most some thousands
   */
  public Set<String> homeserverTasks(List<String> ids) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(HOMESERVER_TASKS)
                .bind("ids", ids.toArray(String[]::new))
                .map((row, context) -> row.getString(1))
                .set());
  }

  /**
   * Segments of a job in order, behind segment {@code afterSegment} of stage {@code afterStage}
   * (-1, -1 at the start).
   */
  public List<SegmentView> segments(JobId id, int afterStage, int afterSegment, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(SEGMENTS)
                .bind("job", id.value())
                .bind("stage", afterStage)
                .bind("segment", afterSegment)
                .bind("limit", limit)
                .map(
                    (row, context) ->
                        new SegmentView(
                            row.getInt("stage_n"),
                            row.getInt("segment_n"),
                            SegmentStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                            row.getInt("epoch"),
                            row.getInt("attempts"),
                            StoredProgress.read(row),
                            row.getString("lease_owner"),
                            StoredTime.readNullable(row, "lease_expires_at"),
                            row.getString("last_error")))
                .list());
  }

  /**
   * Failed items of a job, oldest first, behind the failure with id {@code after} (0 for the first
   * page).
   */
  public List<FailureView> failures(JobId id, long after, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(FAILURES)
                .bind("job", id.value())
                .bind("after", after)
                .bind("limit", limit)
                .map(
                    (row, context) ->
                        new FailureView(
                            row.getLong("failure_id"),
                            row.getInt("stage_n"),
                            row.getInt("segment_n"),
                            row.getInt("target_n"),
                            row.getString("item"),
                            row.getString("code"),
                            row.getString("text"),
                            row.getInt("attempt"),
                            StoredTime.read(row, "failed_at")))
                .list());
  }
}
