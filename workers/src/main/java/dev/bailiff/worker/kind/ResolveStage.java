package dev.bailiff.worker.kind;

import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.selection.SelectionPort;
import dev.bailiff.job.BatchRecord.Finds;
import dev.bailiff.job.JobError;
import dev.bailiff.job.store.FilterWish;
import dev.bailiff.schemas.filter.FilterReader;
import dev.bailiff.schemas.filter.TargetFilter;
import dev.bailiff.schemas.kind.KindContract;
import dev.bailiff.schemas.kind.TargetType;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first stage of a job with a filter, of any kind: asks the homeserver page by page, and stores
 * what it found as targets of the job, with the checkpoint. A page that comes twice is stored once.
 *
 * <p>If the homeserver names targets in no order, they wait until all are found. Then they become
 * targets in their order: claims are taken in that order, so that no two jobs wait for each other.
 */
final class ResolveStage implements Stage {

  /** Time in which a job that fails says how many targets its filter finds. */
  private static final Duration COUNTING = Duration.ofSeconds(4);

  private final String name;
  private final TargetType targets;
  private final StageServices services;

  ResolveStage(String name, TargetType targets, StageServices services) {
    this.name = name;
    this.targets = targets;
    this.services = services;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Batches batches() {
    return new Batches(2_000, 20_000);
  }

  @Override
  public PlanPage plan(StageContext context, @Nullable Cursor after) {
    return new PlanPage(List.of(new Range(KindContract.RESOLVE, 0)), List.of(), null);
  }

  @Override
  public BatchOutcome work(
      StageContext context, String range, @Nullable Cursor after, int size, StageCommit commit) {
    var wish = services.targets().filter(context.id());
    var place = ResolvePlace.of(after);
    var filter = FilterReader.stored(targets, wish.filter());
    if (place.isSorting()) {
      return wish.found() == 0 && services.targets().countFound(context.id()) > wish.most()
          ? commit.fail(tooMany(filter, wish))
          : sort(context, size, commit);
    }
    var page = selection().find(filter, place.cursor(), size);
    long met = place.met() + page.ids().size();
    if (isTooMany(context, wish, met)) {
      return commit.fail(tooMany(filter, wish));
    }
    var next = page.next();
    if (selection().isInOrder(targets)) {
      return commit.record(
          BatchOutcome.of(page.ids().size(), 0, next == null ? null : ResolvePlace.at(next, met)),
          Finds.inOrder(page.ids()));
    }
    return commit.record(
        BatchOutcome.of(0, 0, next == null ? ResolvePlace.SORTING : ResolvePlace.at(next, met)),
        Finds.unordered(page.ids()));
  }

  /** Makes targets of those that were found in no order. */
  private BatchOutcome sort(StageContext context, int size, StageCommit commit) {
    var found = services.targets().found(context.id(), size);
    return commit.record(
        BatchOutcome.of(found.size(), 0, found.size() < size ? null : ResolvePlace.SORTING),
        Finds.inOrder(found));
  }

  /**
   * What was met may have come more than once; it is counted only if it might be too much. What
   * this page adds is counted before the targets are put in their order.
   */
  private boolean isTooMany(StageContext context, FilterWish wish, long met) {
    return met > wish.most()
        && (selection().isInOrder(targets)
            || services.targets().countFound(context.id()) > wish.most());
  }

  private JobError tooMany(TargetFilter filter, FilterWish wish) {
    var count = selection().count(filter, 0, COUNTING);
    var found = count.count() > wish.most() ? count.text() : "more than " + wish.most();
    return new JobError(
        413,
        "M_TOO_LARGE",
        "the filter finds %s %s, and a job has at most %d"
            .formatted(found, targets.plural(), wish.most()));
  }

  private SelectionPort selection() {
    return services.homeserver().selection();
  }

  /**
   * A filter has no items that could be given up one by one. A job with a part of its targets would
   * look like one that did all, so the stage fails as a whole.
   */
  @Override
  public Remaining remaining(StageContext context, String range, @Nullable Cursor after, int size) {
    if (size == 1) {
      throw new IllegalStateException("the homeserver refuses the filter");
    }
    return new Remaining(List.of(), null);
  }
}
