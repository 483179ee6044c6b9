package dev.bailiff.job.store;

import dev.bailiff.job.JobId;
import dev.bailiff.job.TargetSource;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The targets of an earlier job that another one works. They are read page by page, in the order of
 * the first job.
 */
final class RepeatedTargets implements TargetSource {

  private static final String PAGE =
      """
      select t.target_n, t.target from jobs.target t
       where t.job_id = :job and t.target_n > :after and (%s)
       order by t.target_n limit :limit
      """;

  /** Failed, something of it failed, something of it is left over, or it was not verified. */
  private static final String OPEN =
      PAGE.formatted(
          """
          t.failed or t.verdict is null or t.verdict = 'left-over'
          or exists (select from jobs.failure f where f.job_id = t.job_id and f.target_n = t.target_n)\
          """);

  private static final String PLANNED =
      PAGE.formatted(
          "not exists (select from jobs.left_out o where o.job_id = t.job_id and o.target_n = t.target_n)");

  private static final String COPY_ITEMS =
      """
      insert into jobs.target_item (job_id, target_n, list, item)
      select n.job_id, n.target_n, i.list, i.item
        from jobs.target n
        join jobs.target o on o.target = n.target and o.job_id = :from
        join jobs.target_item i on i.job_id = o.job_id and i.target_n = o.target_n
       where n.job_id = :to and n.target_n >= :first and n.target_n < :first + :count
      on conflict do nothing
      """;

  private static final int TARGETS_A_STATEMENT = 20_000;

  private final Jdbi jdbi;
  private final JobId job;
  private final String page;

  private RepeatedTargets(Jdbi jdbi, JobId job, String page) {
    this.jdbi = jdbi;
    this.job = job;
    this.page = page;
  }

  /** The targets that a retry works: those on which work is left. */
  static RepeatedTargets open(Jdbi jdbi, JobId job) {
    return new RepeatedTargets(jdbi, job, OPEN);
  }

  /** The targets of a dry run, but for those that it left out. */
  static RepeatedTargets planned(Jdbi jdbi, JobId dryRun) {
    return new RepeatedTargets(jdbi, dryRun, PLANNED);
  }

  /**
   * Copies the lists of the first job's targets: their meaning was fixed when that job was
   * accepted.
   *
   * @param count number of targets of the other job
   */
  static void copyItems(Handle handle, JobId from, JobId to, int count) {
    for (int first = 0; first < count; first += TARGETS_A_STATEMENT) {
      handle
          .createUpdate(COPY_ITEMS)
          .bind("from", from.value())
          .bind("to", to.value())
          .bind("first", first)
          .bind("count", TARGETS_A_STATEMENT)
          .execute();
    }
  }

  @Override
  public Reading open() {
    return new Pass();
  }

  private final class Pass implements Reading {
    private int last = -1;

    @Override
    public List<String> next(int most) {
      return jdbi.withHandle(
          handle ->
              handle
                  .createQuery(page)
                  .bind("job", job.value())
                  .bind("after", last)
                  .bind("limit", most)
                  .map(
                      (row, context) -> {
                        last = row.getInt("target_n");
                        return row.getString("target");
                      })
                  .list());
    }
  }
}
