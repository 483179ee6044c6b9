package dev.bailiff.worker.kind;

import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Fact;
import dev.bailiff.homeserver.batch.Range;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of the lists of {@link NoteMediaStage} what something else shows. Comes behind the
 * stages that take the contents away, so whatever still names a medium is something else. Walks
 * once over all that can name one; a page that comes twice takes nothing more out.
 */
public final class FindUsedMediaStage implements Stage {
  /** Name of the stage. */
  public static final String NAME = "find-used-media";

  /** The fact that the walk has come to its end. */
  static final String COMPLETE = "media_uses_known";

  private final StageServices services;
  private final Predicate<StageContext> wanted;

  /**
   * @param wanted whether the job deletes media
   */
  public FindUsedMediaStage(StageServices services, Predicate<StageContext> wanted) {
    this.services = services;
    this.wanted = wanted;
  }

  @Override
  public String name() {
    return NAME;
  }

  /** The size is fixed: the engine learns sizes from counts, and nothing is counted here. */
  @Override
  public Batches batches() {
    return new Batches(20_000, 20_000);
  }

  @Override
  public PlanPage plan(StageContext context, @Nullable Cursor after) {
    return wanted.test(context)
        ? new PlanPage(List.of(new Range("all", 0)), List.of(), null)
        : PlanPage.EMPTY;
  }

  @Override
  public BatchOutcome work(
      StageContext context, String range, @Nullable Cursor after, int size, StageCommit commit) {
    var page = services.homeserver().media().usedMedia(after, size);
    if (!page.uris().isEmpty()) {
      services.targets().removeShownMedia(context.id(), page.uris());
    }
    var facts = page.next() == null ? List.of(new Fact(0, COMPLETE, "true")) : List.<Fact>of();
    return commit.record(new BatchOutcome(0, 0, List.of(), List.of(), facts, page.next(), null));
  }

  /** Fails the first target; without the fact nothing is deleted of the others either. */
  @Override
  public Remaining remaining(StageContext context, String range, @Nullable Cursor after, int size) {
    return new Remaining(List.of(new Item(0, "uses of media", 1, true)), null);
  }
}
