package dev.bailiff.worker.kind.roomdeletion;

import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageServices;
import dev.bailiff.worker.kind.TargetPage;
import dev.bailiff.worker.kind.VerifyStage;

/** Checks whether the members, and after a purge everything else of the room, are gone. */
final class VerifyRoomsStage extends VerifyStage {

  VerifyRoomsStage(StageServices services) {
    super(services);
  }

  @Override
  protected Look look(StageContext context, TargetPage page) {
    return Look.of(
        services()
            .homeserver()
            .roomDeletion()
            .verifyRooms(page.asTargets(), DeleteRoomsOptions.of(context).purge()));
  }
}
