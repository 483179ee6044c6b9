package dev.bailiff.worker.kind.roomdeletion;

import dev.bailiff.schemas.kind.DeleteRoomsContract;
import dev.bailiff.schemas.kind.DeleteRoomsParameters;
import dev.bailiff.worker.kind.DeleteUnusedMediaStage;
import dev.bailiff.worker.kind.FindUsedMediaStage;
import dev.bailiff.worker.kind.KindDefinition;
import dev.bailiff.worker.kind.NoteMediaStage;
import dev.bailiff.worker.kind.Stage;
import dev.bailiff.worker.kind.StageServices;
import java.util.List;
import java.util.Set;

/**
 * plan (claims, blocks, creates replacement rooms) → shut-down → move-aliases → purge → close-room
 * → verify. If media go along, note-media stands before purge, and find-used-media and delete-media
 * behind close-room.
 */
public final class DeleteRooms implements KindDefinition {
  private static final Set<String> OF_MEDIA =
      Set.of(NoteMediaStage.NAME, FindUsedMediaStage.NAME, DeleteUnusedMediaStage.NAME);

  @Override
  public String kind() {
    return DeleteRoomsContract.KIND;
  }

  @Override
  public List<Stage> stages(StageServices services) {
    return List.of(
        new PlanRoomsStage(services),
        new ShutDownStage(services),
        new MoveAliasesStage(services),
        new NotePurgedMediaStage(services),
        new PurgeStage(services),
        new CloseRoomStage(services),
        new FindUsedMediaStage(services, NotePurgedMediaStage::isWanted),
        new DeleteUnusedMediaStage(services, NotePurgedMediaStage::isWanted),
        new VerifyRoomsStage(services));
  }

  @Override
  public Set<String> optionalStages() {
    return OF_MEDIA;
  }

  @Override
  public boolean needsOptionalStages(Record parameters) {
    return ((DeleteRoomsParameters) parameters).deletesShownMedia();
  }
}
