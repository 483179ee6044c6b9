package dev.bailiff.worker.kind.roomdeletion;

import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.ShownFiles;
import dev.bailiff.job.store.JobTargets.OpenTarget;
import dev.bailiff.schemas.kind.DeleteRoomsParameters;
import dev.bailiff.worker.kind.NoteMediaStage;
import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageServices;
import dev.bailiff.worker.kind.TargetPage;
import org.jspecify.annotations.Nullable;

/** Lists the media that the events show which are about to be purged. */
final class NotePurgedMediaStage extends NoteMediaStage {
  private static final int EVENTS = 5_000;

  NotePurgedMediaStage(StageServices services) {
    super(services);
  }

  static boolean isWanted(StageContext context) {
    return context.parametersAs(DeleteRoomsParameters.class).deletesShownMedia();
  }

  @Override
  protected boolean wanted(StageContext context) {
    return isWanted(context);
  }

  @Override
  protected ShownFiles shown(StageContext context, OpenTarget room, @Nullable String within) {
    return services()
        .homeserver()
        .roomDeletion()
        .shownFiles(TargetPage.asTarget(room), within == null ? null : new Cursor(within), EVENTS);
  }
}
