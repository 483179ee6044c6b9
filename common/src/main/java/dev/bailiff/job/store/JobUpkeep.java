package dev.bailiff.job.store;

import dev.bailiff.job.JobId;
import dev.bailiff.job.PublishableCommand;
import dev.bailiff.schemas.event.JobEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.jdbi.v3.core.Jdbi;

/**
 * Repeats steps that a process died before doing (rules 4 and 6). Every method may run in any
 * number of processes at once: {@code for update skip locked} shares the rows out.
 */
public final class JobUpkeep {
  private static final String KIND = "select kind from jobs.job where job_id = :job";

  private static final String UNSENT =
      """
      select t.transition_id, t.job_id, j.kind, t.from_status, t.to_status, t.changed_at
        from jobs.transition t join jobs.job j on j.job_id = t.job_id
       where t.sent_at is null
       order by t.transition_id
       limit :limit
         for update of t skip locked
      """;

  private static final String MARK_SENT =
      "update jobs.transition set sent_at = clock_timestamp() where transition_id = any(:ids)";

  private final Jdbi jdbi;
  private final LeaseConfig config;

  JobUpkeep(Jdbi jdbi, LeaseConfig config) {
    this.jdbi = jdbi;
    this.config = config;
  }

  /**
   * Commands that are due, for the first time or again. Their next time is set already; the caller
   * publishes them now. With them come the commands of segments for which there is a place in the
   * window of their kind.
   */
  public List<PublishableCommand> republish(int limit) {
    return StatementTimeouts.inTransaction(
        jdbi,
        config.statementTimeout(),
        handle -> {
          var commands = new ArrayList<>(new DueSegments(handle, config).republish(limit));
          commands.addAll(new SegmentWindow(handle, config).fillAll());
          return commands;
        });
  }

  /** Frees segments whose lease ran out. Returns how many. */
  public int rescue(int limit) {
    return StatementTimeouts.inTransaction(
        jdbi, config.statementTimeout(), handle -> ExpiredLeases.free(handle, config, limit));
  }

  /**
   * Makes segments due that wait for a time further ahead than their own wait is long: the
   * database's clock was put back. Returns how many.
   */
  public int makeFarDue(int limit) {
    return StatementTimeouts.inTransaction(
        jdbi,
        config.statementTimeout(),
        handle -> new DueSegments(handle, config).makeFarDue(limit));
  }

  /** Jobs on which a step of settling may have been lost. */
  public List<JobId> unsettled(int limit) {
    return jdbi.withHandle(handle -> UnsettledJobs.find(handle, limit));
  }

  /** The kind of a job; the empty text if the job is gone. */
  public String kind(JobId job) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(KIND)
                .bind("job", job.value())
                .mapTo(String.class)
                .findOne()
                .orElse(""));
  }

  /** Makes all commands due that wait to be published again, because Kafka was wiped. */
  public int makeDue() {
    return StatementTimeouts.inTransaction(
        jdbi, config.statementTimeout(), handle -> new DueSegments(handle, config).makeDue());
  }

  /**
   * Hands transitions that Kafka has not acknowledged to {@code sender}, oldest first, and marks
   * them as sent if the sender returns true. A crash in between sends them again: delivery is
   * at-least-once, and each transition has a number by which a repetition is recognised.
   *
   * @return how many were sent
   */
  public int sendTransitions(int limit, Predicate<List<JobEvent>> sender) {
    return StatementTimeouts.inTransaction(
        jdbi,
        config.statementTimeout(),
        handle -> {
          var events =
              handle
                  .createQuery(UNSENT)
                  .bind("limit", limit)
                  .map((row, context) -> event(row))
                  .list();
          if (events.isEmpty() || !sender.test(events)) {
            return 0;
          }
          return handle
              .createUpdate(MARK_SENT)
              .bind("ids", events.stream().map(JobEvent::id).toArray(Long[]::new))
              .execute();
        });
  }

  private static JobEvent event(ResultSet row) throws SQLException {
    return new JobEvent(
        JobEvent.VERSION,
        "transition",
        row.getLong("transition_id"),
        row.getObject("job_id", UUID.class),
        row.getString("kind"),
        row.getString("from_status"),
        row.getString("to_status"),
        null,
        StoredTime.read(row, "changed_at"));
  }
}
