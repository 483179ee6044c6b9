package dev.bailiff.job.store;

import dev.bailiff.database.Conditions;
import dev.bailiff.job.Acceptance;
import dev.bailiff.job.JobId;
import dev.bailiff.job.TargetOrder;
import dev.bailiff.job.TargetSource;
import dev.bailiff.job.store.TargetUploads.NotAcceptedException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Targets in a temporary table, in the order in which they arrived, with repetitions. PostgreSQL
 * sorts and numbers them. It does so in ranges of about equal size: one statement for a million
 * targets takes longer than a statement may.
 */
public final class UploadedTargets implements TargetSource {
  private static final int ROWS_A_RANGE = 50_000;
  private static final int ROWS_A_SAMPLE = 500;

  /** Repetitions count for nothing, but must end somewhere. */
  private static final int MOST_OCCURRENCES = 2;

  private static final String CREATE =
      """
      create temporary table uploaded_target (target text collate "C" not null) on commit drop
      """;

  private static final String MOVE =
      """
      insert into jobs.target (job_id, target_n, target)
      select :job, :first + row_number() over (order by target) - 1, target
        from (select distinct target from pg_temp.uploaded_target %s) range
      """;

  private static final String PAGE =
      """
      select distinct target from pg_temp.uploaded_target %s order by target limit :limit
      """;

  private final Handle handle;
  private final int most;
  private final TargetCopy copy;

  /** Every so many targets one, to find the borders of the ranges. */
  private final List<String> sample = new ArrayList<>();

  private long rows;

  private UploadedTargets(Handle handle, int most) {
    this.handle = handle;
    this.most = most;
    this.copy = new TargetCopy(handle);
  }

  static UploadedTargets create(Handle handle, int most) {
    handle.execute(CREATE);
    return new UploadedTargets(handle, most);
  }

  /** Adds targets, which may be there already. */
  public void add(List<String> targets) {
    copy.write(targets);
    for (var target : targets) {
      if (rows++ % ROWS_A_SAMPLE == 0) {
        sample.add(target);
      }
    }
    if (rows > (long) MOST_OCCURRENCES * most) {
      throw tooMany();
    }
  }

  /** Makes them the targets of a job, and returns how many there are. */
  int moveTo(JobId job) {
    int count = 0;
    String after = null;
    for (var border : borders()) {
      count += move(job, count, after, border);
      after = border;
    }
    count += move(job, count, after, null);
    if (count > most) {
      throw tooMany();
    }
    return count;
  }

  private int move(JobId job, int first, @Nullable String after, @Nullable String upTo) {
    var range = range(after).andIfSet("target <= :upTo", "upTo", upTo);
    return range
        .bindTo(handle.createUpdate(MOVE.formatted(range.where())))
        .bind("job", job.value())
        .bind("first", first)
        .execute();
  }

  private static Conditions range(@Nullable String after) {
    return new Conditions().andIfSet("target > :after", "after", after);
  }

  /** The last targets of all ranges but the last one, ascending. */
  private List<String> borders() {
    var sorted = sample.stream().sorted(TargetOrder::compare).distinct().toList();
    int ranges = (int) ((rows + ROWS_A_RANGE - 1) / ROWS_A_RANGE);
    List<String> borders = new ArrayList<>();
    for (int n = 1; n < ranges; n++) {
      var border = sorted.get((int) ((long) n * sorted.size() / ranges));
      if (borders.isEmpty() || !borders.get(borders.size() - 1).equals(border)) {
        borders.add(border);
      }
    }
    return borders;
  }

  private NotAcceptedException tooMany() {
    return new NotAcceptedException(new Acceptance.TooManyTargets(most));
  }

  @Override
  public Reading open() {
    return new Pages();
  }

  private final class Pages implements Reading {
    private @Nullable String last;

    @Override
    public List<String> next(int atMost) {
      var range = range(last);
      var page =
          range
              .bindTo(handle.createQuery(PAGE.formatted(range.where())))
              .bind("limit", atMost)
              .mapTo(String.class)
              .list();
      if (!page.isEmpty()) {
        last = page.get(page.size() - 1);
      }
      return page;
    }
  }
}
