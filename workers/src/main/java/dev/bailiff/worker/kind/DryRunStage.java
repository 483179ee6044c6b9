package dev.bailiff.worker.kind;

import dev.bailiff.counting.CountingTools;
import dev.bailiff.counting.KindCounters;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.counting.Counted;
import dev.bailiff.schemas.kind.KindContract;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stage that only counts, of any kind: what a job would work, in a dry run or before an approval,
 * or how large its rooms are. It counts page by page, and stores the numbers with the checkpoint.
 * Claims nothing and changes nothing, so that a page which comes twice is counted once. Targets on
 * which a job would do nothing are skipped, with the reason.
 */
final class DryRunStage extends TargetStage {
  private final Count count;

  private DryRunStage(String name, Count count, StageServices services) {
    super(name, services, Integer.MAX_VALUE);
    this.count = count;
  }

  /** Counts the first targets of a page. */
  @FunctionalInterface
  private interface Count {
    Counted of(Record parameters, List<Target> targets, CountingTools tools);
  }

  /** The stage that counts what a job of a kind would work. */
  static DryRunStage of(String name, String kind, KindCounters counters, StageServices services) {
    return new DryRunStage(
        name,
        (parameters, targets, tools) -> counters.count(kind, parameters, targets, tools),
        services);
  }

  /** The stage that looks for the largest room of a job. */
  static DryRunStage weighing(StageServices services) {
    return new DryRunStage(
        KindContract.WEIGH,
        (parameters, targets, tools) -> tools.homeserver().members(targets),
        services);
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
    var counted = count.of(context.parameters(), targets, tools);
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
