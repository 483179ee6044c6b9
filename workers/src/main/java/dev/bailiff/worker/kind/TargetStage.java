package dev.bailiff.worker.kind;

import dev.bailiff.homeserver.BatchOutcome;
import dev.bailiff.homeserver.Cursor;
import dev.bailiff.homeserver.Range;
import dev.bailiff.homeserver.Target;
import dev.bailiff.homeserver.Verdict;
import dev.bailiff.job.store.JobTargets.OpenTarget;
import dev.bailiff.job.store.TargetSpan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stage whose items are the job's targets: a segment is a span of them, a batch a page of those
 * that have not failed.
 */
public abstract class TargetStage implements Stage {
  private static final int SPANS_A_PAGE = 100;

  private final String name;
  private final StageServices services;
  private final int spanSize;

  /**
   * @param spanSize targets of a segment
   */
  protected TargetStage(String name, StageServices services, int spanSize) {
    this.name = name;
    this.services = services;
    this.spanSize = spanSize;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public PlanPage plan(StageContext context, @Nullable Cursor after) {
    int from = number(after, 0);
    int count = context.job().targetCount();
    var spans = new ArrayList<Range>();
    while (from < count && spans.size() < SPANS_A_PAGE) {
      int to = Math.min(count, from + spanSize);
      spans.add(new Range(TargetSpan.of(from, to), to - from));
      from = to;
    }
    return new PlanPage(spans, List.of(), from < count ? cursor(from) : null);
  }

  @Override
  public BatchOutcome work(
      StageContext context, String range, @Nullable Cursor after, int size, StageCommit commit) {
    var span = TargetSpan.parse(range);
    int from = number(after, span.from());
    var page = services.targets().open(context.id(), from, span.to(), size);
    if (page.isEmpty()) {
      var nothing = BatchOutcome.of(0, 0, null);
      commit.record(nothing);
      return nothing;
    }
    int last = page.get(page.size() - 1).number() + 1;
    return workTargets(
        context, page, page.size() < size || last >= span.to() ? null : cursor(last), commit);
  }

  /**
   * Works a page of targets.
   *
   * @param next what the outcome must carry as its {@code next} when all of the page is settled
   */
  protected abstract BatchOutcome workTargets(
      StageContext context, List<OpenTarget> page, @Nullable Cursor next, StageCommit commit);

  @Override
  public Remaining remaining(StageContext context, String range, @Nullable Cursor after, int size) {
    var span = TargetSpan.parse(range);
    var page = services.targets().open(context.id(), number(after, span.from()), span.to(), size);
    var items =
        page.stream().map(target -> new Item(target.number(), target.id(), 1, true)).toList();
    int last = page.isEmpty() ? span.to() : page.get(page.size() - 1).number() + 1;
    return new Remaining(items, page.size() < size || last >= span.to() ? null : cursor(last));
  }

  /** What stages work with. */
  protected final StageServices services() {
    return services;
  }

  /** The targets as the port names them. */
  protected static List<Target> targets(List<OpenTarget> page) {
    return page.stream().map(target -> new Target(target.number(), target.id())).toList();
  }

  /** A cursor that is the number of a target. */
  protected static Cursor cursor(int number) {
    return new Cursor(Integer.toString(number));
  }

  /** The number in a cursor. */
  protected static int number(@Nullable Cursor cursor, int otherwise) {
    return cursor == null ? otherwise : Integer.parseInt(cursor.value());
  }

  /**
   * A commit that stores {@code next} instead of the cursor in the outcome: a page of targets is
   * settled as one.
   */
  protected static StageCommit goingOnAt(@Nullable Cursor next, StageCommit commit) {
    return new CursorCommit(next, commit);
  }

  private record CursorCommit(@Nullable Cursor next, StageCommit commit) implements StageCommit {
    @Override
    public void fence() {
      commit.fence();
    }

    @Override
    public void record(BatchOutcome outcome) {
      commit.record(outcome.withNext(next));
    }

    @Override
    public void record(BatchOutcome outcome, List<Verdict> verdicts) {
      commit.record(outcome.withNext(next), verdicts);
    }
  }
}
