package dev.bailiff.worker.kind;

import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.ShownFiles;
import dev.bailiff.job.store.JobTargets.OpenTarget;
import dev.bailiff.schemas.kind.ShownMedia;
import org.jspecify.annotations.Nullable;

/**
 * Lists the media that the events of each target show, before the events lose their contents. The
 * list is a set and is stored before the checkpoint, so a page that comes twice adds nothing.
 */
public abstract class NoteMediaStage extends TargetStage {
  /** Name of the stage. */
  public static final String NAME = "note-media";

  protected NoteMediaStage(StageServices services) {
    super(NAME, services, 200);
  }

  /** Whether the job deletes media. */
  protected abstract boolean wanted(StageContext context);

  /**
   * A page of the media of a target.
   *
   * @param within null at the start
   */
  protected abstract ShownFiles shown(
      StageContext context, OpenTarget target, @Nullable String within);

  @Override
  public final PlanPage plan(StageContext context, @Nullable Cursor after) {
    return wanted(context) ? super.plan(context, after) : PlanPage.EMPTY;
  }

  @Override
  protected final BatchOutcome workTargets(
      StageContext context, TargetPage page, StageCommit commit) {
    int settled = 0;
    var within = page.within();
    boolean asked = false;
    while (settled < page.targets().size() && !(asked && context.deadline().isOver())) {
      asked = true;
      var target = page.targets().get(settled);
      var shown = shown(context, target, within);
      if (!shown.uris().isEmpty()) {
        services().targets().addItems(context.id(), target.number(), ShownMedia.LIST, shown.uris());
      }
      var next = shown.next();
      within = next == null ? null : next.value();
      settled += next == null ? 1 : 0;
    }
    return commit.record(
        BatchOutcome.of(
            settled,
            0,
            settled == page.targets().size()
                ? page.behind()
                : TargetPage.inside(page.targets().get(settled), within)));
  }
}
