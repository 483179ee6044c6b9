package dev.bailiff.job.store;

import dev.bailiff.job.JobId;
import dev.bailiff.job.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes jobs some time after their end, with everything that belongs to them. Every part is
 * deleted in its own batches, and the job's row comes last. If the foreign keys deleted the parts,
 * the parts of a job of a million users would be one statement, which never ends in time.
 *
 * <p><b>Why a crash does no harm:</b> a job that lost some of its parts still has its row, and is
 * found again. Any number of processes may prune at once: each leaves out the jobs that another has
 * locked.
 */
public final class JobPruning {
  private static final Logger LOG = LoggerFactory.getLogger(JobPruning.class);

  /** Rows deleted in one statement, which takes about a tenth of a second. */
  static final int ROWS = 10_000;

  /**
   * All tables that have many rows of a job, those with most rows first. A test keeps the list
   * complete.
   */
  static final List<String> PARTS =
      List.of(
          "target_item",
          "reply_item",
          "failure",
          "segment",
          "target",
          "found",
          "left_out",
          "plan_number",
          "approval",
          "stage",
          "transition",
          "claim",
          "idempotency_key");

  /** The place before all jobs. */
  public static final Ended START =
      new Ended(new JobId(new UUID(0, 0)), Instant.EPOCH.atOffset(ZoneOffset.UTC));

  private static final String EXPIRED =
      """
      select job_id, finalized_at from jobs.job
       where status = :status and finalized_at is not null
         and finalized_at < statement_timestamp() - :retentionMillis * interval '1 millisecond'
         and (finalized_at, job_id) > (:afterTime, :afterJob)
       order by finalized_at, job_id
       limit :limit
      """;

  /** One question where there is mostly nothing to do; %s is one for each status. */
  private static final String DUE =
      """
      select exists (select from jobs.idempotency_key
                      where stored_at < statement_timestamp() - :keyMillis * interval '1 millisecond')
          or exists (select from jobs.job where discarded_at is not null)
          %s
      """;

  private static final String DUE_WITH_STATUS =
      """
      or exists (select from jobs.job
                  where status = '%1$s' and finalized_at is not null
                    and finalized_at < statement_timestamp() - :%1$s * interval '1 millisecond')
      """;

  private static final String DISCARDED =
      "select job_id from jobs.job where discarded_at is not null order by job_id limit :limit";

  private static final String OURS =
      """
      select job_id from jobs.job
       where job_id = any(:jobs) and finalized_at is not null
       order by job_id
         for update skip locked
      """;

  /** For one of the {@link #PARTS}. */
  private static final String DELETE_PART =
      "delete from jobs.%1$s where ctid = any(array(select ctid from jobs.%1$s where job_id = any(:jobs) limit :rows))";

  private static final String DELETE_KEYS =
      """
      delete from jobs.idempotency_key
       where ctid = any(array(select ctid from jobs.idempotency_key
                               where stored_at < clock_timestamp() - :ageMillis * interval '1 millisecond'
                               order by stored_at limit :rows for update skip locked))
      """;

  private static final String DELETE_JOBS = "delete from jobs.job where job_id = any(:jobs)";

  private final Jdbi jdbi;
  private final LeaseConfig config;

  JobPruning(Jdbi jdbi, LeaseConfig config) {
    this.jdbi = jdbi;
    this.config = config;
  }

  /** A job and the time of its end. */
  public record Ended(JobId job, OffsetDateTime finalizedAt) {}

  /**
   * Whether there is anything to delete.
   *
   * @param retention how long jobs are kept, by the status with which they ended
   */
  public boolean isDue(Duration keyAge, Map<JobStatus, Duration> retention) {
    var millis = new HashMap<String, Object>();
    retention.forEach((status, time) -> millis.put(status.word(), time.toMillis()));
    var statuses =
        millis.keySet().stream()
            .sorted()
            .map(DUE_WITH_STATUS::formatted)
            .collect(Collectors.joining());
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(DUE.formatted(statuses))
                .bind("keyMillis", keyAge.toMillis())
                .bindMap(millis)
                .mapTo(Boolean.class)
                .one());
  }

  /**
   * Deletes a page of the jobs with a status that ended before the retention time, oldest first. A
   * job that cannot be deleted is skipped until all others had their turn.
   *
   * @param status one in which a job has ended
   * @param after where the previous page of this status ended, or {@link #START}
   * @return where this page ended; {@link #START} after the last page
   */
  public Ended page(JobStatus status, Duration retention, Ended after, int limit) {
    var page = expired(status, retention, after, limit);
    if (!page.isEmpty()) {
      prune(page.stream().map(Ended::job).toList());
    }
    return page.size() == limit ? page.get(limit - 1) : START;
  }

  /** Deletes some of the jobs that somebody deleted, at most {@code limit}. */
  public void discarded(int limit) {
    var page = discardedJobs(limit);
    if (!page.isEmpty()) {
      prune(page);
    }
  }

  /**
   * Forgets idempotency keys of this age, oldest first.
   *
   * @return whether there may be more
   */
  public boolean forgetKeys(Duration age) {
    return jdbi.withHandle(
        handle ->
            handle
                    .createUpdate(DELETE_KEYS)
                    .bind("ageMillis", age.toMillis())
                    .bind("rows", ROWS)
                    .execute()
                == ROWS);
  }

  /** Deletes all jobs at once, as most jobs are small; if that fails, deletes each alone. */
  private void prune(List<JobId> jobs) {
    try {
      boolean more = true;
      while (more) {
        more = batch(jobs);
      }
    } catch (RuntimeException e) {
      if (jobs.size() > 1) {
        jobs.forEach(job -> prune(List.of(job)));
      } else {
        LOG.warn("job not pruned, tried again later: job={}: {}", jobs.get(0), e.toString());
      }
    }
  }

  private List<JobId> discardedJobs(int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(DISCARDED)
                .bind("limit", limit)
                .map((row, context) -> new JobId(row.getObject(1, UUID.class)))
                .list());
  }

  private List<Ended> expired(JobStatus status, Duration retention, Ended after, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(EXPIRED)
                .bind("status", status.word())
                .bind("retentionMillis", retention.toMillis())
                .bind("afterTime", after.finalizedAt())
                .bind("afterJob", after.job().value())
                .bind("limit", limit)
                .map(
                    (rs, ctx) ->
                        new Ended(
                            new JobId(rs.getObject("job_id", UUID.class)),
                            rs.getObject("finalized_at", OffsetDateTime.class)))
                .list());
  }

  /**
   * Deletes a batch of the parts of these jobs, in one transaction; once no parts are left, deletes
   * the jobs. Jobs that another process has locked are left out.
   *
   * @return whether more of these jobs is left
   */
  private boolean batch(List<JobId> jobs) {
    return StatementTimeouts.inTransaction(
        jdbi, config.statementTimeout(), handle -> batch(handle, ours(handle, jobs)));
  }

  private static UUID[] ours(Handle handle, List<JobId> jobs) {
    return handle
        .createQuery(OURS)
        .bind("jobs", jobs.stream().map(JobId::value).toArray(UUID[]::new))
        .mapTo(UUID.class)
        .list()
        .toArray(UUID[]::new);
  }

  private static boolean batch(Handle handle, UUID[] jobs) {
    if (jobs.length == 0) {
      return false;
    }
    for (var part : PARTS) {
      int deleted =
          handle
              .createUpdate(DELETE_PART.formatted(part))
              .bind("jobs", jobs)
              .bind("rows", ROWS)
              .execute();
      if (deleted == ROWS) {
        return true;
      }
    }
    handle.createUpdate(DELETE_JOBS).bind("jobs", jobs).execute();
    return false;
  }
}
