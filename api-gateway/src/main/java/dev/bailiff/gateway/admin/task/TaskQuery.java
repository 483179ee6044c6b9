package dev.bailiff.gateway.admin.task;

import dev.bailiff.gateway.backend.ForeignTasks;
import dev.bailiff.gateway.job.KindNames;
import dev.bailiff.gateway.request.QueryParameters;
import dev.bailiff.job.JobKind;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.TaskFilter;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The query of the list of tasks, in the parse order of admin-api 5.24.
 *
 * @param actions the actions asked for
 * @param others the homeserver's own tasks that the query asks for
 */
record TaskQuery(TaskFilter filter, Set<TaskAction> actions, ForeignTasks.Wanted others) {
  private static final List<String> STATUSES =
      List.of("scheduled", "active", "complete", "failed", "cancelled");

  /** A time in the year 9998. */
  private static final long LAST_STORED = 253_350_000_000_000L;

  static TaskQuery parse(QueryParameters query) {
    var names = query.asciiList("action_name");
    var actions = actions(names);
    var resource = query.ascii("resource_id").filter(id -> !id.isEmpty()).orElse(null);
    var statuses = query.allOf(query.has("status") ? "status" : "job_status", STATUSES);
    var filter =
        new TaskFilter(
            actions.stream().map(TaskAction::kind).collect(Collectors.toUnmodifiableSet()),
            statuses(statuses),
            resource,
            before(query));
    long latest = query.integer("max_timestamp", Long.MAX_VALUE);
    return new TaskQuery(
        filter,
        actions,
        new ForeignTasks.Wanted(
            names, resource, statuses, latest == Long.MAX_VALUE ? null : latest));
  }

  /** The word for a status; only this list has a word for cancelled jobs. */
  static String word(JobStatus status) {
    return switch (status) {
      case SCHEDULED, AWAITING_APPROVAL -> "scheduled";
      case ACTIVE, PAUSED -> "active";
      case COMPLETED -> "complete";
      case FAILED -> "failed";
      case CANCELLED -> "cancelled";
    };
  }

  private static Set<TaskAction> actions(List<String> names) {
    return Arrays.stream(TaskAction.values())
        .filter(action -> names.isEmpty() || names.contains(action.word()))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Set<JobStatus> statuses(List<String> words) {
    return Arrays.stream(JobStatus.values())
        .filter(status -> words.isEmpty() || words.contains(word(status)))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The latest time, inclusive to the millisecond; null for a time that the store cannot hold. */
  private static @Nullable Instant before(QueryParameters query) {
    long most = query.integer("max_timestamp", Long.MAX_VALUE);
    return most >= LAST_STORED ? null : Instant.ofEpochMilli(most + 1);
  }

  /** A kind of job under its name in the API. */
  enum TaskAction {
    SHUTDOWN_AND_PURGE_ROOM("shutdown_and_purge_room", KindNames.DELETE_ROOMS),
    PURGE_ROOM("purge_room", KindNames.DELETE_ROOMS),
    PURGE_HISTORY("purge_history", new JobKind("purge-history")),
    REDACT_ALL_EVENTS("redact_all_events", KindNames.REDACT_EVENTS);

    private final String word;
    private final JobKind kind;

    TaskAction(String word, JobKind kind) {
      this.word = word;
      this.kind = kind;
    }

    String word() {
      return word;
    }

    JobKind kind() {
      return kind;
    }

    static TaskAction of(JobKind kind, boolean purgeOnly) {
      if (kind.equals(KindNames.DELETE_ROOMS)) {
        return purgeOnly ? PURGE_ROOM : SHUTDOWN_AND_PURGE_ROOM;
      }
      return kind.equals(KindNames.REDACT_EVENTS) ? REDACT_ALL_EVENTS : PURGE_HISTORY;
    }
  }
}
