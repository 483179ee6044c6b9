package dev.bailiff.job.store;

import dev.bailiff.job.JobError;
import dev.bailiff.job.JobFilter;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobKind;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobView;
import dev.bailiff.job.JobView.FailureView;
import dev.bailiff.job.JobView.SegmentView;
import dev.bailiff.job.JobView.StageView;
import dev.bailiff.job.JobView.TargetView;
import dev.bailiff.job.Progress;
import dev.bailiff.job.SegmentStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Status and lists, as of now. A read adds the few open segments to the sums of the ended ones, so
 * its cost never depends on how much data the job works on. Lists come in pages by key.
 */
public final class JobReader {
  private static final String JOB_COLUMNS =
      """
      j.job_id, j.kind, j.status, j.parameters::text as parameters, j.requester, j.reason, j.target_count, j.accepted_at,
      j.run_at, j.started_at, j.cancel_requested_at, j.finalized_at, j.changed_at, j.error_status, j.error_code, j.error_text,
      (select 'homeserver' from jobs.segment w
        where w.job_id = j.job_id and w.homeserver_waits > 0 and w.status in ('ready', 'leased') limit 1) as waiting_for
      """;

  /**
   * Selects the jobs of the target before they are ordered: a target has few jobs, and the planner
   * must not walk all jobs by time.
   */
  private static final String TARGETS =
      "j.job_id = any(array(select t.job_id from jobs.target t where t.target = :target))";

  private static final String STAGE_COLUMNS =
      """
      t.stage_n, t.name, t.segments, t.open_segments, t.opened_at, t.closed_at, t.total,
      t.done + coalesce(o.done, 0) as done, t.failed + coalesce(o.failed, 0) as failed,
      t.skipped + coalesce(o.skipped, 0) as skipped
      """;

  /** For stages {@code t}: the counters of their open segments. */
  private static final String OPEN_SEGMENTS =
      """
      left join lateral (
        select sum(s.done)::bigint as done, sum(s.failed)::bigint as failed, sum(s.skipped)::bigint as skipped
          from jobs.segment s
         where t.closed_at is null and s.job_id = t.job_id and s.stage_n = t.stage_n
           and s.status in ('ready', 'leased') and s.publish_at is not null) o on true
      """;

  /** The job, repeated for each of its few stages. */
  private static final String FIND =
      "select "
          + JOB_COLUMNS
          + ", "
          + STAGE_COLUMNS
          + " from jobs.job j left join jobs.stage t on t.job_id = j.job_id "
          + OPEN_SEGMENTS
          + " where j.job_id = :id order by t.stage_n";

  private static final String TARGET_COLUMNS =
      """
      t.target_n, t.target, t.failed, t.error_status, t.error_code, t.error_text, t.verdict, t.left_over,
      coalesce((select array_agg(f.key || '=' || f.value) from jsonb_each_text(t.facts) f), '{}') as facts
      """;

  static final String TARGETS_BEHIND =
      "select "
          + TARGET_COLUMNS
          + """
            from jobs.target t where t.job_id = :job and t.target_n > :after
            order by t.target_n limit :limit
            """;

  /** By the unique index on target and job. */
  static final String TARGET =
      "select "
          + TARGET_COLUMNS
          + " from jobs.target t where t.target = :target and t.job_id = :job";

  private final Jdbi jdbi;

  JobReader(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** The job after which a list goes on. */
  public record Position(Instant acceptedAt, JobId id) {}

  /** A job with its stages. One statement reads both, as clients ask again and again. */
  public Optional<JobView> find(JobId id) {
    var jobs = new ArrayList<JobView>(1);
    var stages = new ArrayList<StageView>();
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(FIND)
                .bind("id", id.value())
                .map(
                    (rs, ctx) -> {
                      if (jobs.isEmpty()) {
                        jobs.add(job(rs));
                      }
                      if (rs.getString("name") != null) {
                        stages.add(stage(rs));
                      }
                      return id;
                    })
                .list());
    return jobs.stream().findFirst().map(job -> job.withStages(stages));
  }

  /** The jobs with these ids that exist, with their stages, in no order. */
  public List<JobView> findAll(Collection<JobId> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    if (ids.size() == 1) {
      // PostgreSQL plans a statement with an array anew each time, which costs more than the read.
      return find(ids.iterator().next()).stream().toList();
    }
    var array = ids.stream().map(JobId::value).toArray(UUID[]::new);
    return jdbi.withHandle(
        handle -> {
          var jobs =
              handle
                  .createQuery(
                      "select " + JOB_COLUMNS + " from jobs.job j where j.job_id = any(:ids)")
                  .bind("ids", array)
                  .map((rs, ctx) -> job(rs))
                  .list();
          return withStages(handle, jobs);
        });
  }

  /**
   * Jobs that match, newest first, with their stages.
   *
   * @param behind null for the first page
   */
  public List<JobView> list(JobFilter filter, @Nullable Position behind, int limit) {
    return jdbi.withHandle(
        handle -> {
          // Contains only the conditions of this filter: "is null or" would hide the indexes from
          // the planner.
          var conditions = new ArrayList<String>();
          var values = new HashMap<String, Object>();
          add(
              conditions,
              values,
              "j.status = :status",
              "status",
              filter.status() == null ? null : filter.status().word());
          add(
              conditions,
              values,
              "j.kind = :kind",
              "kind",
              filter.kind() == null ? null : filter.kind().name());
          add(conditions, values, "j.requester = :requester", "requester", filter.requester());
          add(conditions, values, TARGETS, "target", filter.target());
          add(conditions, values, "j.accepted_at >= :after", "after", utc(filter.acceptedAfter()));
          add(
              conditions,
              values,
              "j.accepted_at < :before",
              "before",
              utc(filter.acceptedBefore()));
          if (behind != null) {
            values.put("behindId", behind.id().value());
            add(
                conditions,
                values,
                "(j.accepted_at, j.job_id) < (:behindAt, :behindId)",
                "behindAt",
                utc(behind.acceptedAt()));
          }
          var where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
          var jobs =
              handle
                  .createQuery(
                      "select "
                          + JOB_COLUMNS
                          + " from jobs.job j"
                          + where
                          + " order by j.accepted_at desc, j.job_id desc limit :limit")
                  .bindMap(values)
                  .bind("limit", limit)
                  .map((rs, ctx) -> job(rs))
                  .list();
          return withStages(handle, jobs);
        });
  }

  private static void add(
      List<String> conditions,
      Map<String, Object> values,
      String condition,
      String name,
      @Nullable Object value) {
    if (value != null) {
      conditions.add(condition);
      values.put(name, value);
    }
  }

  /**
   * Jobs of a kind that have {@code target}: the newest {@code limit} by last change of status,
   * returned oldest first.
   */
  public List<JobView> byTarget(JobKind kind, String target, int limit) {
    return jdbi.withHandle(
        handle -> {
          var jobs =
              handle
                  .createQuery(
                      "select * from (select "
                          + JOB_COLUMNS
                          + """
                              from jobs.target t join jobs.job j on j.job_id = t.job_id
                             where t.target = :target and j.kind = :kind
                             order by j.changed_at desc limit :limit) as newest
                           order by changed_at
                          """)
                  .bind("target", target)
                  .bind("kind", kind.name())
                  .bind("limit", limit)
                  .map((rs, ctx) -> job(rs))
                  .list();
          return withStages(handle, jobs);
        });
  }

  /**
   * Failed items of a job, oldest first, behind the failure with id {@code after} (0 for the first
   * page).
   */
  public List<FailureView> failures(JobId id, long after, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select failure_id, stage_n, segment_n, target_n, item, code, text, attempt, failed_at
                      from jobs.failure
                     where job_id = :job and failure_id > :after
                     order by failure_id limit :limit
                    """)
                .bind("job", id.value())
                .bind("after", after)
                .bind("limit", limit)
                .map(
                    (rs, ctx) ->
                        new FailureView(
                            rs.getLong("failure_id"),
                            rs.getInt("stage_n"),
                            rs.getInt("segment_n"),
                            rs.getInt("target_n"),
                            rs.getString("item"),
                            rs.getString("code"),
                            rs.getString("text"),
                            rs.getInt("attempt"),
                            instant(rs, "failed_at")))
                .list());
  }

  /**
   * Segments of a job in order, behind segment {@code afterSegment} of stage {@code afterStage}
   * (-1, -1 at the start).
   */
  public List<SegmentView> segments(JobId id, int afterStage, int afterSegment, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select stage_n, segment_n, status, epoch, attempts, total, done, failed, skipped, lease_owner,
                           lease_expires_at, last_error
                      from jobs.segment
                     where job_id = :job and (stage_n, segment_n) > (:stage, :segment)
                     order by stage_n, segment_n limit :limit
                    """)
                .bind("job", id.value())
                .bind("stage", afterStage)
                .bind("segment", afterSegment)
                .bind("limit", limit)
                .map(
                    (rs, ctx) ->
                        new SegmentView(
                            rs.getInt("stage_n"),
                            rs.getInt("segment_n"),
                            SegmentStatus.valueOf(rs.getString("status").toUpperCase(Locale.ROOT)),
                            rs.getInt("epoch"),
                            rs.getInt("attempts"),
                            progress(rs),
                            rs.getString("lease_owner"),
                            instantOrNull(rs, "lease_expires_at"),
                            rs.getString("last_error")))
                .list());
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
                .map((rs, ctx) -> target(rs))
                .list());
  }

  /** The target of a job that has this id. */
  public Optional<TargetView> target(JobId id, String target) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(TARGET)
                .bind("job", id.value())
                .bind("target", target)
                .map((rs, ctx) -> target(rs))
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
                .createQuery(
                    """
                    select item from jobs.reply_item
                     where job_id = :job and target_n = :target and list = :list and item > :after
                     order by item limit :limit
                    """)
                .bind("job", id.value())
                .bind("target", target)
                .bind("list", list)
                .bind("after", after)
                .bind("limit", limit)
                .mapTo(String.class)
                .list());
  }

  private static List<JobView> withStages(Handle handle, List<JobView> jobs) {
    if (jobs.isEmpty()) {
      return jobs;
    }
    var stages = new HashMap<JobId, List<StageView>>();
    handle
        .createQuery(
            """
            select t.job_id, %s from jobs.stage t %s where t.job_id = any(:ids)
             order by t.job_id, t.stage_n
            """
                .formatted(STAGE_COLUMNS, OPEN_SEGMENTS))
        .bind("ids", jobs.stream().map(job -> job.id().value()).toArray(UUID[]::new))
        .map(
            (rs, ctx) ->
                stages
                    .computeIfAbsent(
                        new JobId(rs.getObject("job_id", UUID.class)), id -> new ArrayList<>())
                    .add(stage(rs)))
        .list();
    return jobs.stream()
        .map(job -> job.withStages(stages.getOrDefault(job.id(), List.of())))
        .toList();
  }

  private static StageView stage(ResultSet rs) throws SQLException {
    return new StageView(
        rs.getInt("stage_n"),
        rs.getString("name"),
        progress(rs),
        rs.getInt("segments"),
        rs.getInt("open_segments"),
        instant(rs, "opened_at"),
        instantOrNull(rs, "closed_at"));
  }

  private static JobView job(ResultSet rs) throws SQLException {
    return new JobView(
        new JobId(rs.getObject("job_id", UUID.class)),
        new JobKind(rs.getString("kind")),
        JobStatus.of(rs.getString("status")),
        StoredJson.tree(rs.getString("parameters")),
        rs.getString("requester"),
        rs.getString("reason"),
        rs.getInt("target_count"),
        instant(rs, "accepted_at"),
        instantOrNull(rs, "run_at"),
        instantOrNull(rs, "started_at"),
        instantOrNull(rs, "cancel_requested_at"),
        instantOrNull(rs, "finalized_at"),
        instant(rs, "changed_at"),
        error(rs),
        rs.getString("waiting_for"),
        List.of());
  }

  private static TargetView target(ResultSet rs) throws SQLException {
    return new TargetView(
        rs.getInt("target_n"),
        rs.getString("target"),
        rs.getBoolean("failed"),
        error(rs),
        rs.getString("verdict"),
        strings(rs, "left_over"),
        facts(strings(rs, "facts")));
  }

  private static @Nullable JobError error(ResultSet rs) throws SQLException {
    var text = rs.getString("error_text");
    return text == null
        ? null
        : new JobError(rs.getInt("error_status"), rs.getString("error_code"), text);
  }

  private static Progress progress(ResultSet rs) throws SQLException {
    return new Progress(
        rs.getLong("total"), rs.getLong("done"), rs.getLong("failed"), rs.getLong("skipped"));
  }

  private static Instant instant(ResultSet rs, String column) throws SQLException {
    return rs.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static @Nullable Instant instantOrNull(ResultSet rs, String column) throws SQLException {
    var value = rs.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  private static List<String> strings(ResultSet rs, String column) throws SQLException {
    var array = rs.getArray(column);
    return array == null ? List.of() : Arrays.asList((String[]) array.getArray());
  }

  private static Map<String, String> facts(List<String> pairs) {
    var facts = new HashMap<String, String>();
    for (var pair : pairs) {
      int equals = pair.indexOf('=');
      facts.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return facts;
  }
}
