package dev.bailiff.job.store;

import dev.bailiff.job.JobId;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * Which jobs changed their status, in the order of the numbers of transitions. A number is given
 * before its transaction commits, so a smaller one may show later than a larger one. Transactions
 * of jobs end within seconds: a number counts as settled 10 s after its time, and nothing below it
 * shows any more.
 *
 * <p><b>Time:</b> the database's clock. After it was set back, numbers settle later.
 */
public final class TransitionReader {
  private static final int LOOKED_AT = 10_000;

  private static final String SETTLED = "changed_at < clock_timestamp() - interval '10 seconds'";

  static final String NEWEST_SETTLED =
      """
      select coalesce(max(transition_id) filter (where %s), min(transition_id) - 1, 0)
        from (select transition_id, changed_at from jobs.transition order by transition_id desc limit %d) newest
      """
          .formatted(SETTLED, LOOKED_AT);

  static final String SINCE =
      """
      select transition_id, job_id, %s as settled from jobs.transition
       where transition_id > :number order by transition_id limit :limit
      """
          .formatted(SETTLED);

  static final String JOBS_SINCE =
      """
      select job_id
        from (select job_id, transition_id from jobs.transition
               where transition_id > :number order by transition_id desc limit %d) newest
       group by job_id order by max(transition_id) desc limit :limit
      """
          .formatted(LOOKED_AT);

  static final String ACTIVE =
      "select job_id from jobs.job where status = 'active' order by job_id limit :limit";

  private final Jdbi jdbi;

  TransitionReader(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** A transition. */
  public record Moved(long number, JobId job, boolean isSettled) {}

  /** The newest settled number, of the newest 10,000 transitions; 0 if there is none. */
  public long newestSettled() {
    return jdbi.withHandle(handle -> handle.createQuery(NEWEST_SETTLED).mapTo(Long.class).one());
  }

  /** Transitions above a number, lowest first. */
  public List<Moved> since(long number, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(SINCE)
                .bind("number", number)
                .bind("limit", limit)
                .map(
                    (row, context) ->
                        new Moved(
                            row.getLong("transition_id"),
                            new JobId(row.getObject("job_id", UUID.class)),
                            row.getBoolean("settled")))
                .list());
  }

  /**
   * Jobs with transitions above a number, those that changed last first. Of more than 10,000
   * transitions the newest are looked at.
   */
  public List<JobId> jobsSince(long number, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(JOBS_SINCE)
                .bind("number", number)
                .bind("limit", limit)
                .mapTo(UUID.class)
                .map(JobId::new)
                .list());
  }

  /** Jobs at work, in no order that means anything. */
  public List<JobId> active(int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(ACTIVE)
                .bind("limit", limit)
                .mapTo(UUID.class)
                .map(JobId::new)
                .list());
  }
}
