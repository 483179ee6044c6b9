package dev.bailiff.job.store;

import dev.bailiff.homeserver.counting.Numbers;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobKind;
import dev.bailiff.job.JobPlan;
import dev.bailiff.job.JobPlan.LeftOutTarget;
import dev.bailiff.job.JobPlan.MeasuredRate;
import dev.bailiff.job.TargetSource;
import dev.bailiff.schemas.kind.KindContract;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/** What dry runs found out, and what is known of the jobs that ran a plan. */
public final class PlanReader {
  private static final String NUMBERS =
      "select name, value from jobs.plan_number where job_id = :job";

  /** The stage that counted last left so many targets out. */
  private static final String COUNT_LEFT_OUT =
      "select coalesce((select skipped from jobs.stage where job_id = :job and name in ('"
          + KindContract.DRY_RUN
          + "', '"
          + KindContract.COUNT
          + "') order by stage_n desc limit 1), 0)";

  private static final String LEFT_OUT =
      """
      select o.target_n, t.target, o.reason
        from jobs.left_out o join jobs.target t on t.job_id = o.job_id and t.target_n = o.target_n
       where o.job_id = :job and o.target_n > :after
       order by o.target_n limit :limit
      """;

  private static final String RUN_OF =
      "select job_id from jobs.job where plan_job_id = :plan order by accepted_at, job_id limit 1";

  /**
   * The largest of the newest jobs: what a small job does beside its items would make every plan of
   * many items look slow. Looks at a bounded number of jobs.
   */
  static final String RATE =
      """
      select count(*) as jobs, coalesce(sum(items), 0)::bigint as items, coalesce(sum(seconds), 0)::float8 as seconds
        from (select w.items, greatest(0.001, extract(epoch from j.finalized_at - j.started_at)) as seconds
                from (select * from jobs.job where kind = :kind
                       order by accepted_at desc, job_id desc limit 500) j
                cross join lateral (
                  select coalesce(sum(g.done + g.failed + g.skipped), 0) as items
                    from jobs.stage g
                   where g.job_id = j.job_id and g.name <> all(:without)) w
               where j.status = 'completed' and not j.dry_run and j.started_at is not null and w.items > 0
               order by w.items desc limit 10) largest
      """;

  private final Jdbi jdbi;

  PlanReader(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** What a dry run has counted so far. */
  public JobPlan find(JobId dryRun) {
    return jdbi.withHandle(
        handle -> {
          var numbers =
              handle
                  .createQuery(NUMBERS)
                  .bind("job", dryRun.value())
                  .map(
                      (row, context) -> {
                        var name = row.getString("name");
                        var value = row.getObject("value", Long.class);
                        return value == null
                            ? Numbers.NONE.withUnknown(name)
                            : Numbers.of(name, value);
                      })
                  .stream()
                  .reduce(Numbers.NONE, Numbers::plus);
          long leftOut =
              handle
                  .createQuery(COUNT_LEFT_OUT)
                  .bind("job", dryRun.value())
                  .mapTo(Long.class)
                  .one();
          return new JobPlan(numbers, leftOut);
        });
  }

  /** Targets that a dry run left out, in order, behind number {@code after} (-1 at the start). */
  public List<LeftOutTarget> leftOut(JobId dryRun, int after, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(LEFT_OUT)
                .bind("job", dryRun.value())
                .bind("after", after)
                .bind("limit", limit)
                .map(
                    (row, context) ->
                        new LeftOutTarget(
                            row.getInt("target_n"),
                            row.getString("target"),
                            row.getString("reason")))
                .list());
  }

  /** The targets of a dry run, but for those that it left out. */
  public TargetSource targets(JobId dryRun) {
    return RepeatedTargets.planned(jdbi, dryRun);
  }

  /** The job that ran a plan. */
  public Optional<JobId> runOf(JobId dryRun) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(RUN_OF)
                .bind("plan", dryRun.value())
                .map((row, context) -> new JobId(row.getObject(1, UUID.class)))
                .findOne());
  }

  /** How fast the newest jobs of a kind went; empty if none has completed. */
  public Optional<MeasuredRate> rate(JobKind kind) {
    var without =
        Stream.concat(KindContract.PREPARING.stream(), Stream.of(KindContract.VERIFY))
            .toArray(String[]::new);
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(RATE)
                .bind("kind", kind.name())
                .bind("without", without)
                .map(
                    (row, context) ->
                        new MeasuredRate(
                            row.getInt("jobs"), row.getLong("items"), row.getDouble("seconds")))
                .findOne()
                .filter(rate -> rate.jobs() > 0));
  }
}
