package dev.bailiff.worker.kind.roomdeletion;

import dev.bailiff.schemas.kind.DeleteRoomsContract;
import dev.bailiff.worker.kind.KindDefinition;
import dev.bailiff.worker.kind.Stage;
import dev.bailiff.worker.kind.StageServices;
import java.util.List;

/**
 * plan (claims, blocks, creates replacement rooms) → shut-down → move-aliases → purge → close-room
 * → verify.
 */
public final class DeleteRooms implements KindDefinition {

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
        new PurgeStage(services),
        new CloseRoomStage(services),
        new VerifyRoomsStage(services));
  }
}
