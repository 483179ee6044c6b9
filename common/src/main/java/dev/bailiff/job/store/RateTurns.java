package dev.bailiff.job.store;

import dev.bailiff.job.JobId;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;

/**
 * Turns of the batches of jobs with a bound on their rate, of all workers together. A batch takes
 * its turn before it begins: it moves the time of the next turn on by as long as its items may
 * take.
 *
 * <p>A worker that dies after it took a turn, or that finds less to do than it took, makes the job
 * slower for a moment, and never faster.
 */
public final class RateTurns {

  /** A job that was kept waiting makes up for so much time at most. */
  private static final Duration CATCH_UP = Duration.ofSeconds(1);

  /** No turn is further ahead: such a time was stored before the clock was put back. */
  private static final Duration FURTHEST = Duration.ofMinutes(1);

  private static final String TAKE =
      """
      insert into jobs.rate as r (job_id, next_at)
      values (:job, clock_timestamp() + :takesMillis * interval '1 millisecond')
      on conflict (job_id) do update
         set next_at = greatest(r.next_at, clock_timestamp() - :catchUpMillis * interval '1 millisecond')
               + :takesMillis * interval '1 millisecond'
       where r.next_at <= clock_timestamp()
          or r.next_at > clock_timestamp() + :furthestMillis * interval '1 millisecond'
      """;

  private static final String WAIT =
      """
      select ceil(extract(epoch from next_at - clock_timestamp()) * 1000)::bigint
        from jobs.rate where job_id = :job
      """;

  private final Jdbi jdbi;

  RateTurns(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Takes the turn of a batch, if it may begin now.
   *
   * @param takes how long the batch may take at least, by the job's rate
   * @return zero if the batch has its turn; otherwise how long to wait before asking again
   */
  public Duration take(JobId job, Duration takes) {
    return jdbi.withHandle(
        handle -> {
          int taken =
              handle
                  .createUpdate(TAKE)
                  .bind("job", job.value())
                  .bind("takesMillis", Math.min(takes.toMillis(), FURTHEST.toMillis()))
                  .bind("catchUpMillis", CATCH_UP.toMillis())
                  .bind("furthestMillis", FURTHEST.toMillis())
                  .execute();
          if (taken == 1) {
            return Duration.ZERO;
          }
          long millis =
              handle
                  .createQuery(WAIT)
                  .bind("job", job.value())
                  .mapTo(Long.class)
                  .findOne()
                  .orElse(1L);
          return Duration.ofMillis(Math.max(1, millis));
        });
  }
}
