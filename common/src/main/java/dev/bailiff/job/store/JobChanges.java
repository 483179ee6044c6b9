package dev.bailiff.job.store;

import dev.bailiff.job.JobId;
import dev.bailiff.job.TargetSource;
import java.util.OptionalInt;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Changes of single jobs that are no change of their status, and what a job leaves to another. */
public final class JobChanges {
  private static final String CHANGE =
      """
      update jobs.job
         set priority = coalesce(:priority, priority),
             max_rate = case when :setsRate then :maxRate else max_rate end
       where job_id = :job and finalized_at is null
      """;

  private static final String DISCARD =
      """
      update jobs.job set discarded_at = coalesce(discarded_at, clock_timestamp())
       where job_id = :job and finalized_at is not null
      """;

  private final Jdbi jdbi;
  private final LeaseConfig config;

  JobChanges(Jdbi jdbi, LeaseConfig config) {
    this.jdbi = jdbi;
    this.config = config;
  }

  /**
   * A new bound on the rate.
   *
   * @param itemsASecond null for none
   */
  public record Rate(@Nullable Integer itemsASecond) {}

  /**
   * Changes the terms of a job. Segments that wait for a place are ordered anew at once; those in
   * flight keep their places, and take the rate at their next run.
   *
   * @param rate null to leave it as it is
   * @return whether there is such a job that has not ended
   */
  public boolean change(JobId job, OptionalInt priority, @Nullable Rate rate) {
    return StatementTimeouts.inTransaction(
        jdbi,
        config.statementTimeout(),
        handle -> {
          int changed =
              handle
                  .createUpdate(CHANGE)
                  .bind("job", job.value())
                  .bindByType(
                      "priority",
                      priority.isPresent() ? Integer.valueOf(priority.getAsInt()) : null,
                      Integer.class)
                  .bind("setsRate", rate != null)
                  .bindByType("maxRate", rate == null ? null : rate.itemsASecond(), Integer.class)
                  .execute();
          if (changed == 1) {
            new SegmentWindow(handle, config).reorder(job.value());
          }
          return changed == 1;
        });
  }

  /**
   * Hides a job that has ended; the pruner deletes its rows. A job that is hidden already stays so.
   *
   * @return whether there is such a job that has ended
   */
  public boolean discard(JobId job) {
    return jdbi.withHandle(
            handle -> handle.createUpdate(DISCARD).bind("job", job.value()).execute())
        == 1;
  }

  /** The targets of a job that has ended on which work is left. */
  public TargetSource openTargets(JobId job) {
    return RepeatedTargets.open(jdbi, job);
  }
}
