package dev.bailiff.job.store;

import dev.bailiff.job.JobFilter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a list of jobs {@code j}, with the values to bind. They contain only what the
 * filter asks for: "is null or" would hide the indexes from the planner.
 */
final class JobConditions {
  /**
   * Selects the jobs of the target before they are ordered: a target has few jobs, and the planner
   * must not walk all jobs by time.
   */
  private static final String OF_TARGET =
      "j.job_id = any(array(select t.job_id from jobs.target t where t.target = :target))";

  private final List<String> conditions = new ArrayList<>();
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
    var all = new JobConditions();
    all.add("j.status = :status", "status", status == null ? null : status.word());
    all.add("j.kind = :kind", "kind", kind == null ? null : kind.name());
    all.add("j.requester = :requester", "requester", filter.requester());
    all.add(OF_TARGET, "target", filter.target());
    all.add("j.accepted_at >= :after", "after", StoredTime.of(filter.acceptedAfter()));
    all.add("j.accepted_at < :before", "before", StoredTime.of(filter.acceptedBefore()));
    if (behind != null) {
      all.values.put("behindId", behind.id().value());
      all.add(
          "(j.accepted_at, j.job_id) < (:behindAt, :behindId)",
          "behindAt",
          StoredTime.of(behind.acceptedAt()));
    }
    return all;
  }

  private void add(String condition, String name, @Nullable Object value) {
    if (value != null) {
      conditions.add(condition);
      values.put(name, value);
    }
  }

  /** The clause that follows the table; empty without conditions. */
  String where() {
    return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
  }

  /** The values of the conditions, by name. */
  Map<String, Object> values() {
    return values;
  }
}
