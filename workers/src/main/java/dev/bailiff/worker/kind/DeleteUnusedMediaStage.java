package dev.bailiff.worker.kind;

import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.media.MediaDeletion;
import dev.bailiff.homeserver.media.MediaItem;
import dev.bailiff.homeserver.media.MediaSweep;
import dev.bailiff.schemas.kind.ShownMedia;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Deletes the media that are left in the lists. A medium that is gone, or was protected or put into
 * quarantine since, is skipped; so a page that comes twice deletes nothing twice.
 */
public final class DeleteUnusedMediaStage extends TargetStage {
  /** Name of the stage. */
  public static final String NAME = "delete-media";

  /** The files of a batch are deleted within its transaction. */
  private static final int MEDIA = 100;

  private final Predicate<StageContext> wanted;

  /**
   * @param wanted whether the job deletes media
   */
  public DeleteUnusedMediaStage(StageServices services, Predicate<StageContext> wanted) {
    super(NAME, services, 200);
    this.wanted = wanted;
  }

  @Override
  public PlanPage plan(StageContext context, @Nullable Cursor after) {
    return wanted.test(context) ? super.plan(context, after) : PlanPage.EMPTY;
  }

  @Override
  protected BatchOutcome workTargets(StageContext context, TargetPage page, StageCommit commit) {
    var target = page.first();
    if (services().targets().fact(context.id(), 0, FindUsedMediaStage.COMPLETE).isEmpty()) {
      var failures =
          page.targets().stream()
              .map(
                  each ->
                      new Failure(
                          each.id(),
                          each.number(),
                          true,
                          500,
                          "M_UNKNOWN",
                          "it is not known what else shows its media: they stay"))
              .toList();
      return commit.record(
          new BatchOutcome(0, 0, failures, List.of(), List.of(), page.behind(), null));
    }
    var media =
        services()
            .targets()
            .items(context.id(), target.number(), ShownMedia.LIST, page.within(), MEDIA);
    if (media.isEmpty()) {
      return commit.record(BatchOutcome.of(1, 0, behind(page)));
    }
    var items = media.stream().map(uri -> new MediaItem(target.number(), uri)).toList();
    return services()
        .homeserver()
        .media()
        .deleteMedia(
            new MediaDeletion(items, MediaSweep.SPARING),
            commit.map(outcome -> ofTarget(page, outcome, media)));
  }

  /**
   * Counts the target as the item, when its last media are settled.
   *
   * @param media those that the homeserver was asked to delete; it may settle only the first of
   *     them
   */
  private static BatchOutcome ofTarget(TargetPage page, BatchOutcome outcome, List<String> media) {
    var left = outcome.next();
    int settled =
        left != null ? MediaDeletion.settledAt(left) : outcome.snooze() != null ? 0 : media.size();
    boolean isLast = settled == media.size() && media.size() < MEDIA;
    return new BatchOutcome(
        isLast && outcome.failures().isEmpty() ? 1 : 0,
        0,
        outcome.failures(),
        outcome.listEntries(),
        outcome.facts(),
        isLast ? behind(page) : inside(page, settled == 0 ? page.within() : media.get(settled - 1)),
        outcome.snooze(),
        outcome.effects());
  }

  private static Cursor inside(TargetPage page, @Nullable String place) {
    return TargetPage.inside(page.first(), place);
  }

  private static @Nullable Cursor behind(TargetPage page) {
    return page.targets().size() > 1
        ? TargetPage.inside(page.targets().get(1), null)
        : page.behind();
  }
}
