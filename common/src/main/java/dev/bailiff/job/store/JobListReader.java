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
  /** Jobs that a page looks at, at most: some 20 ms. */
  static final int LOOKED_AT = 10_000;

  /**
   * Reads the jobs in the order of the list until the page is full. The last job that the page may
   * look at is returned as well, so that the next page can go on there.
   */
  private static final String PAGE =
      "select "
          + JobViewRow.COLUMNS
          + """
            , j.fits, j.place from (
              select l.* from (
                select j.*, %2$s as fits, row_number() over (order by j.accepted_at desc, j.job_id desc) as place
                  from jobs.job j where %1$s
                 order by j.accepted_at desc, j.job_id desc limit :look) l
               where l.fits or l.place = :look
               order by l.accepted_at desc, l.job_id desc limit :limit) j
             order by j.accepted_at desc, j.job_id desc
            """;

  private static final String NEWEST_OF_TARGET =
      "select * from (select "
          + JobViewRow.COLUMNS
          + """
              from jobs.target t join jobs.job j on j.job_id = t.job_id
             where t.target = :target and j.kind = :kind and j.discarded_at is null and not j.dry_run
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
   * A page of a list.
   *
   * @param next where the list goes on; null at its end. A page that is not full goes on, too, if
   *     there was too much to look at
   */
  public record Page(List<JobView> jobs, @Nullable Position next) {}

  private record Row(JobView job, boolean fits, boolean isLast) {}

  /**
   * Jobs that match, newest first, with their stages.
   *
   * @param behind null for the first page
   */
  public Page page(JobFilter filter, @Nullable Position behind, int limit) {
    return jdbi.withHandle(
        handle -> {
          var conditions = JobConditions.of(filter, behind);
          var rows =
              handle
                  .createQuery(sql(conditions))
                  .bindMap(conditions.values())
                  .bind("limit", limit)
                  .bind("look", LOOKED_AT)
                  .map(
                      (row, context) ->
                          new Row(
                              JobViewRow.read(row),
                              row.getBoolean("fits"),
                              row.getLong("place") == LOOKED_AT))
                  .list();
          var jobs = rows.stream().filter(Row::fits).map(Row::job).toList();
          return new Page(StageViewRow.addTo(handle, jobs), next(rows, limit));
        });
  }

  /** The jobs of a page alone. */
  public List<JobView> list(JobFilter filter, @Nullable Position behind, int limit) {
    return page(filter, behind, limit).jobs();
  }

  /** The statement of a page. */
  static String sql(JobConditions conditions) {
    return PAGE.formatted(conditions.sought(), conditions.lookedAt());
  }

  private static @Nullable Position next(List<Row> rows, int limit) {
    if (rows.isEmpty()) {
      return null;
    }
    var last = rows.get(rows.size() - 1);
    return rows.size() == limit || last.isLast()
        ? new Position(last.job().acceptedAt(), last.job().id())
        : null;
  }

  /**
   * Jobs of a kind that have {@code target}, without dry runs: the newest {@code limit} by last
   * change of status, returned oldest first.
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
