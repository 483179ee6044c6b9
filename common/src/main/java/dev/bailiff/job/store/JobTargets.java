package dev.bailiff.job.store;

import dev.bailiff.job.JobId;
import dev.bailiff.schemas.kind.ShownMedia;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The targets of a job as its stages read them, in pages, and the claims on them. Joins the
 * transaction of the calling thread.
 */
public final class JobTargets {
  private static final String OPEN =
      """
      select t.target_n, t.target, t.facts::text as facts
        from jobs.target t
       where t.job_id = :jobId and t.target_n >= :from and t.target_n < :to and not t.failed
         and (not (select j.second_try from jobs.job j where j.job_id = :jobId)
              or t.verdict = 'left-over'
                 and not exists (select from jobs.failure f
                                  where f.job_id = t.job_id and f.target_n = t.target_n))
       order by t.target_n limit :limit
      """;

  private static final String NUMBER =
      "select target_n from jobs.target where job_id = :jobId and target = :target";

  private static final String FACT =
      "select facts ->> :key from jobs.target where job_id = :jobId and target_n = :target";

  private final Jdbi jdbi;
  private final Duration timeout;

  JobTargets(Jdbi jdbi, LeaseConfig config) {
    this.jdbi = jdbi;
    this.timeout = config.statementTimeout();
  }

  /**
   * A target that has not failed.
   *
   * @param facts values that earlier stages stored about the target
   */
  public record OpenTarget(int number, String id, Map<String, String> facts) {}

  /**
   * Targets that have not failed, and in a second try are left over without a failure that is
   * listed already, in ascending order, from {@code from} to {@code to} (exclusive), at most {@code
   * limit}.
   */
  public List<OpenTarget> open(JobId job, int from, int to, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(OPEN)
                .bind("jobId", job.value())
                .bind("from", from)
                .bind("to", to)
                .bind("limit", limit)
                .map(
                    (row, context) ->
                        new OpenTarget(
                            row.getInt("target_n"),
                            row.getString("target"),
                            StoredJson.texts(row.getString("facts"))))
                .list());
  }

  /** The number of a target in a job. */
  public OptionalInt number(JobId job, String target) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(NUMBER)
                .bind("jobId", job.value())
                .bind("target", target)
                .map((row, context) -> OptionalInt.of(row.getInt(1)))
                .findOne()
                .orElse(OptionalInt.empty()));
  }

  /** What a job with a filter is to find. */
  public FilterWish filter(JobId job) {
    return jdbi.withHandle(handle -> new FoundTargets(handle, job).wish());
  }

  /** Targets that were found in no order and wait to become targets, in ascending order. */
  public List<String> found(JobId job, int limit) {
    return jdbi.withHandle(handle -> new FoundTargets(handle, job).waiting(limit));
  }

  /** How many targets were found in no order and wait. */
  public long countFound(JobId job) {
    return jdbi.withHandle(handle -> new FoundTargets(handle, job).countWaiting());
  }

  /** Stores items in a list of a target; items that are stored already are ignored. */
  public void addItems(JobId job, int target, String list, List<String> items) {
    StatementTimeouts.inTransaction(
        jdbi,
        timeout,
        handle -> {
          new TargetItems(handle, job).insert(target, list, items);
          return null;
        });
  }

  /**
   * Items that the acceptance or a stage stored in a list of a target, ascending.
   *
   * @param after the items begin behind this one; null for the first page
   */
  public List<String> items(JobId job, int target, String list, @Nullable String after, int limit) {
    return jdbi.withHandle(
        handle ->
            new TargetItems(handle, job).page(target, list, after == null ? "" : after, limit));
  }

  /** Takes media out of the lists {@link ShownMedia#LIST} of all targets. */
  public void removeShownMedia(JobId job, List<String> media) {
    StatementTimeouts.inTransaction(
        jdbi,
        timeout,
        handle -> {
          new TargetItems(handle, job).removeShownMedia(media);
          return null;
        });
  }

  /** The items that are in a list of a target by now. */
  public Set<String> listed(JobId job, int target, String list, List<String> items) {
    return Set.copyOf(
        jdbi.withHandle(handle -> new TargetItems(handle, job).listed(target, list, items)));
  }

  /** A single value that an earlier stage left in the job's reply. */
  public Optional<String> fact(JobId job, int target, String key) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(FACT)
                .bind("jobId", job.value())
                .bind("target", target)
                .bind("key", key)
                .map((row, context) -> row.getString(1))
                .findOne());
  }

  /**
   * Claims targets for a job, in order up to the first that belongs to another job. Claims behind
   * that target are given back: a job that holds a later claim while it waits for an earlier one
   * could wait without end. Targets that the job has claimed already count as claimed. A job that
   * has ended gets no claims: a worker that was stopped before this call and woke up after the end
   * would leave claims that nobody gives back.
   *
   * @param targets in ascending byte order, all behind those claimed before
   * @return the targets that could not be claimed; empty if all are claimed
   */
  public List<String> claim(JobId job, List<String> targets) {
    return StatementTimeouts.inTransaction(
        jdbi,
        timeout,
        handle -> {
          var claims = new TargetClaims(handle, job.value());
          var taken = claims.claim(targets);
          if (!taken.isEmpty()) {
            claims.releaseBehind(taken.get(0));
          }
          return taken;
        });
  }
}
