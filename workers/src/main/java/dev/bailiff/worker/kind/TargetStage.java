package dev.bailiff.worker.kind;

import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.job.store.TargetSpan;
import dev.bailiff.schemas.kind.KindContract;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stage whose items are the job's targets. A segment is a span of targets; a batch is a page of
 * those that have not failed.
 */
public abstract class TargetStage implements Stage {
  private static final int SPANS_A_PAGE = 100;
  private static final int OPEN_A_PAGE = 1_000;

  private final String name;
  private final StageServices services;
  private final int spanSize;

  /**
   * @param spanSize number of targets of a segment
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
    int from = TargetPage.TargetCursor.of(after, 0).number();
    int count = context.job().targetCount();
    // A preparing stage has one segment: claims are taken in ascending order.
    int size =
        KindContract.PREPARING.contains(name)
            ? spanSize
            : Math.min(spanSize, services.homeserver().traits().targetsASegment());
    if (context.job().secondTry()) {
      return planOpen(context, from, size);
    }
    var spans = new ArrayList<Range>();
    while (from < count && spans.size() < SPANS_A_PAGE) {
      int to = (int) Math.min(count, (long) from + size);
      spans.add(new Range(TargetSpan.of(from, to), to - from));
      from = to;
    }
    return new PlanPage(spans, List.of(), from < count ? cursor(from) : null);
  }

  /** Few targets are open in a second try, so the spans hold those and count those alone. */
  private PlanPage planOpen(StageContext context, int from, int size) {
    var open =
        services.targets().open(context.id(), from, context.job().targetCount(), OPEN_A_PAGE);
    var spans = new ArrayList<Range>();
    for (int n = 0; n < open.size(); n += size) {
      int end = (int) Math.min(open.size(), (long) n + size);
      spans.add(
          new Range(TargetSpan.of(open.get(n).number(), open.get(end - 1).number() + 1), end - n));
    }
    return new PlanPage(
        spans,
        List.of(),
        open.size() < OPEN_A_PAGE ? null : cursor(open.get(open.size() - 1).number() + 1));
  }

  @Override
  public BatchOutcome work(
      StageContext context, String range, @Nullable Cursor after, int size, StageCommit commit) {
    var span = TargetSpan.parse(range);
    var place = TargetPage.TargetCursor.of(after, span.from());
    var page = services.open(context.id(), place.number(), span.to(), size);
    if (page.isEmpty()) {
      return commit.record(BatchOutcome.of(0, 0, null));
    }
    int last = page.get(page.size() - 1).number() + 1;
    var behind = page.size() < size || last >= span.to() ? null : cursor(last);
    // The place belongs to a target. It is void if that target has failed since.
    var within = page.get(0).number() == place.number() ? place.within() : null;
    return workTargets(context, new TargetPage(page, within, behind), commit);
  }

  /**
   * Works a page of targets, or a prefix of it.
   *
   * @return the recorded outcome; its {@code next} is that of {@link TargetPage#settled}
   */
  protected abstract BatchOutcome workTargets(
      StageContext context, TargetPage page, StageCommit commit);

  @Override
  public Remaining remaining(StageContext context, String range, @Nullable Cursor after, int size) {
    var span = TargetSpan.parse(range);
    var page =
        services.open(
            context.id(), TargetPage.TargetCursor.of(after, span.from()).number(), span.to(), size);
    var items =
        page.stream().map(target -> new Item(target.number(), target.id(), 1, true)).toList();
    int last = page.isEmpty() ? span.to() : page.get(page.size() - 1).number() + 1;
    return new Remaining(items, page.size() < size || last >= span.to() ? null : cursor(last));
  }

  /** The services that the stage works with. */
  protected final StageServices services() {
    return services;
  }

  private static Cursor cursor(int number) {
    return new Cursor(Integer.toString(number));
  }
}
