package dev.bailiff.worker.kind;

import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.job.store.TargetSpan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stage whose items are the job's targets. A segment is a span of targets; a batch is a page of
 * those that have not failed.
 */
public abstract class TargetStage implements Stage {
  private static final int SPANS_A_PAGE = 100;

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
    int size = Math.min(spanSize, services.homeserver().traits().targetsASegment());
    var spans = new ArrayList<Range>();
    while (from < count && spans.size() < SPANS_A_PAGE) {
      int to = Math.min(count, from + size);
      spans.add(new Range(TargetSpan.of(from, to), to - from));
      from = to;
    }
    return new PlanPage(spans, List.of(), from < count ? cursor(from) : null);
  }

  @Override
  public BatchOutcome work(
      StageContext context, String range, @Nullable Cursor after, int size, StageCommit commit) {
    var span = TargetSpan.parse(range);
    var place = TargetPage.TargetCursor.of(after, span.from());
    var page = services.targets().open(context.id(), place.number(), span.to(), size);
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
        services
            .targets()
            .open(
                context.id(),
                TargetPage.TargetCursor.of(after, span.from()).number(),
                span.to(),
                size);
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
