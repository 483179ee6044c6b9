package dev.bailiff.benchmark.pause;

import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.worker.kind.Stage;
import dev.bailiff.worker.kind.StageCommit;
import dev.bailiff.worker.kind.StageContext;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A stage with as many segments as requested and one item for each batch. One stage is for a
 * homeserver that takes time, and another for a homeserver that takes none, because only batches
 * that are done at once may share a commit. Each stage has no segments if the job is meant for the
 * other one.
 *
 * <p>With a homeserver that takes time the steps are those for any remote homeserver: fence,
 * effect, record. Without, no effect needs a fence, and only the record is refused to a worker that
 * lost the lease. A batch may be done twice, because it changes nothing.
 */
final class PauseStage implements Stage {
  private static final int SEGMENTS_A_PAGE = 1_000;

  private final String name;
  private final boolean atOnce;

  /**
   * A stage of jobs whose batches take time, or take none.
   *
   * @param atOnce whether the batches of the stage's jobs take no time
   */
  PauseStage(String name, boolean atOnce) {
    this.name = name;
    this.atOnce = atOnce;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean groupsCommits() {
    return atOnce;
  }

  @Override
  public Batches batches() {
    return new Batches(1, 1);
  }

  @Override
  public PlanPage plan(StageContext context, @Nullable Cursor after) {
    var parameters = context.parametersAs(PauseParameters.class);
    if (atOnce != (parameters.batchMillis() == 0)) {
      return PlanPage.EMPTY;
    }
    int from = number(after);
    int to = Math.min(parameters.segments(), from + SEGMENTS_A_PAGE);
    var ranges =
        IntStream.range(from, to)
            .mapToObj(n -> new Range(Integer.toString(n), parameters.batches()))
            .toList();
    return new PlanPage(ranges, List.of(), to < parameters.segments() ? cursor(to) : null);
  }

  @Override
  public BatchOutcome work(
      StageContext context, String range, @Nullable Cursor after, int size, StageCommit commit) {
    var parameters = context.parametersAs(PauseParameters.class);
    int next = number(after) + 1;
    var outcome = BatchOutcome.of(1, 0, next < parameters.batches() ? cursor(next) : null);
    if (parameters.batchMillis() > 0) {
      commit.fence();
      pause(parameters.batchMillis());
    }
    return commit.record(outcome);
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HomeserverUnavailableException("interrupted", e);
    }
  }

  @Override
  public Remaining remaining(StageContext context, String range, @Nullable Cursor after, int size) {
    long rest = (long) context.parametersAs(PauseParameters.class).batches() - number(after);
    return new Remaining(List.of(new Item(0, range, rest, false)), null);
  }

  private static int number(@Nullable Cursor cursor) {
    return cursor == null ? 0 : Integer.parseInt(cursor.value());
  }

  private static Cursor cursor(int number) {
    return new Cursor(Integer.toString(number));
  }
}
