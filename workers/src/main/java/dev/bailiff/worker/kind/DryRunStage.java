package dev.bailiff.worker.kind;

import dev.bailiff.counting.CountingTools;
import dev.bailiff.counting.KindCounters;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.schemas.kind.KindContract;
import org.jspecify.annotations.Nullable;

/**
 * The stage of a dry run, of any kind: counts page by page what a job would work, and stores the
 * numbers with the checkpoint. Claims nothing and changes nothing, so that a page which comes twice
 * is counted once. Targets on which a job would do nothing are skipped, with the reason.
 */
final class DryRunStage extends TargetStage {
  private final String kind;
  private final KindCounters counters;

  DryRunStage(String kind, KindCounters counters, StageServices services) {
    super(KindContract.DRY_RUN, services, Integer.MAX_VALUE);
    this.kind = kind;
    this.counters = counters;
  }

  @Override
  public Batches batches() {
    return new Batches(50, 1_000);
  }

  @Override
  protected BatchOutcome workTargets(StageContext context, TargetPage page, StageCommit commit) {
    var targets = page.asTargets();
    var tools =
        new CountingTools(
            services().homeserver().counting(),
            (target, list, after, limit) ->
                services().targets().items(context.id(), target, list, after, limit));
    var counted = counters.count(kind, context.parameters(), targets, tools);
    int seen = counted.targets();
    int leftOut = counted.leftOut().size();
    var next =
        seen == targets.size() ? page.behind() : TargetPage.inside(page.targets().get(seen), null);
    return commit.record(BatchOutcome.of(seen - leftOut, leftOut, next), counted);
  }

  /** A target that cannot be counted can be worked nevertheless. */
  @Override
  public Remaining remaining(StageContext context, String range, @Nullable Cursor after, int size) {
    var given = super.remaining(context, range, after, size);
    return new Remaining(
        given.items().stream()
            .map(item -> new Item(item.target(), item.name(), item.count(), false))
            .toList(),
        given.next());
  }
}
