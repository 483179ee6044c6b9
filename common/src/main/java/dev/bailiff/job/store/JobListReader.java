package dev.bailiff.job.store;

import dev.bailiff.job.JobFilter;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobKind;
import dev.bailiff.job.JobView;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Lists of jobs with their stages, as of now, in pages by key. */
public final class JobListReader {
  private static final String SELECT = "select " + JobViewRow.COLUMNS + " from jobs.job j";

  private static final String PAGE = " order by j.accepted_at desc, j.job_id desc limit :limit";

  private static final String NEWEST_OF_TARGET =
      "select * from (select "
          + JobViewRow.COLUMNS
          + """
              from jobs.target t join jobs.job j on j.job_id = t.job_id
             where t.target = :target and j.kind = :kind
             order by j.changed_at desc limit :limit) as newest
           order by changed_at
          """;

  private final Jdbi jdbi;

  JobListReader(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** The job after which a list goes on. */
  public record Position(Instant acceptedAt, JobId id) {}

  /**
   * Jobs that match, newest first, with their stages.
   *
   * @param behind null for the first page
   */
  public List<JobView> list(JobFilter filter, @Nullable Position behind, int limit) {
    return jdbi.withHandle(
        handle -> {
          var conditions = JobConditions.of(filter, behind);
          var jobs =
              handle
                  .createQuery(SELECT + conditions.where() + PAGE)
                  .bindMap(conditions.values())
                  .bind("limit", limit)
                  .map((row, context) -> JobViewRow.read(row))
                  .list();
          return StageViewRow.addTo(handle, jobs);
        });
  }

  /**
   * Jobs of a kind that have {@code target}: the newest {@code limit} by last change of status,
   * returned oldest first.
   */
  public List<JobView> byTarget(JobKind kind, String target, int limit) {
    return jdbi.withHandle(
        handle -> {
          var jobs =
              handle
                  .createQuery(NEWEST_OF_TARGET)
                  .bind("target", target)
                  .bind("kind", kind.name())
                  .bind("limit", limit)
                  .map((row, context) -> JobViewRow.read(row))
                  .list();
          return StageViewRow.addTo(handle, jobs);
        });
  }
}
