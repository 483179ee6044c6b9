package dev.bailiff.job.store;

import dev.bailiff.job.JobFilter;
import dev.bailiff.job.JobId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a list of jobs {@code j}, with the values to bind. They contain only what the
 * filter asks for: "is null or" would hide the indexes from the planner.
 *
 * <p>Conditions of two sorts make the time of a page independent of the number of jobs. The jobs
 * are <b>sought</b> by conditions for which an index has the jobs in the order of the list. The
 * others are checked on each of the sought jobs, of which a page looks at a bounded number. Each
 * condition has its index, or a reason:
 *
 * <pre>
 * acceptedAfter, acceptedBefore  the time is in each index of the list
 * retryOf, planJob               job_by_retry_of, job_by_plan
 * target                         by the key of jobs.target; a target has few jobs, which are sorted
 * status                         job_by_status
 * kind, with a status            job_by_kind, job_by_kind_and_status
 * requester, with a status       job_by_requester, job_by_requester_and_status
 * kind, with a requester         looked at: there are few kinds, so one page soon fills
 * those after target, with it or
 *   with another job             looked at, as the jobs are few
 * text                           looked at: an index of the parts of words would make each change of
 *                                a job dearer than the statement itself, and would not help where a
 *                                word is common
 * discarded                      looked at: such jobs are deleted within a minute
 * none of these                  job_by_acceptance_shown
 * </pre>
 *
 * <p>The planner must not take the index of all jobs and leave out those of other kinds: its
 * estimate is good for a page that fills at once, and such a page may never fill. So that index has
 * only jobs that are not discarded, and no condition that another index has an answer to says so.
 */
final class JobConditions {
  /**
   * Selects the jobs of the target before they are ordered: a target has few jobs, and the planner
   * must not walk all jobs by time.
   */
  private static final String OF_TARGET =
      "j.job_id = any(array(select t.job_id from jobs.target t where t.target = :target))";

  private static final String WITH_TEXT =
      """
      (strpos(lower(coalesce(j.reason, '') collate pg_c_utf8), lower(cast(:text as text) collate pg_c_utf8)) > 0
       or strpos(lower(coalesce(j.reference, '') collate pg_c_utf8), lower(cast(:text as text) collate pg_c_utf8)) > 0)
      """;

  private static final String SHOWN = "j.discarded_at is null";

  private final List<String> sought = new ArrayList<>();
  private final List<String> lookedAt = new ArrayList<>();
  private final Map<String, Object> values = new HashMap<>();

  private JobConditions() {}

  /**
   * The conditions of a page.
   *
   * @param behind the job after which the list goes on; null for the first page
   */
  static JobConditions of(JobFilter filter, JobListReader.@Nullable Position behind) {
    var status = filter.status();
    var kind = filter.kind();
    boolean ofJob = filter.retryOf() != null || filter.planJob() != null;
    boolean few = ofJob || filter.target() != null;
    var all = new JobConditions();
    all.add(true, "j.retry_of = :retryOf", "retryOf", id(filter.retryOf()));
    all.add(true, "j.plan_job_id = :planJob", "planJob", id(filter.planJob()));
    all.add(!ofJob, OF_TARGET, "target", filter.target());
    all.add(!few, "j.requester = :requester", "requester", filter.requester());
    all.add(!few, "j.status = :status", "status", status == null ? null : status.word());
    all.add(
        !few && filter.requester() == null,
        "j.kind = :kind",
        "kind",
        kind == null ? null : kind.name());
    (all.sought.isEmpty() ? all.sought : all.lookedAt).add(SHOWN);
    all.add(false, WITH_TEXT, "text", filter.text());
    all.add(true, "j.accepted_at >= :after", "after", StoredTime.of(filter.acceptedAfter()));
    all.add(true, "j.accepted_at < :before", "before", StoredTime.of(filter.acceptedBefore()));
    if (behind != null) {
      all.values.put("behindId", behind.id().value());
      all.add(
          true,
          "(j.accepted_at, j.job_id) < (:behindAt, :behindId)",
          "behindAt",
          StoredTime.of(behind.acceptedAt()));
    }
    return all;
  }

  private static @Nullable UUID id(@Nullable JobId job) {
    return job == null ? null : job.value();
  }

  private void add(boolean seek, String condition, String name, @Nullable Object value) {
    if (value != null) {
      (seek ? sought : lookedAt).add(condition);
      values.put(name, value);
    }
  }

  /** What the jobs are sought by; one condition at least. */
  String sought() {
    return String.join(" and ", sought);
  }

  /** What is checked on each job that was found. */
  String lookedAt() {
    return lookedAt.isEmpty() ? "true" : String.join(" and ", lookedAt);
  }

  /** The values of the conditions, by name. */
  Map<String, Object> values() {
    return values;
  }
}
