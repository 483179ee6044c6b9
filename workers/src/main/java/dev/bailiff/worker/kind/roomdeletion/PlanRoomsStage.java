package dev.bailiff.worker.kind.roomdeletion;

import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.roomdeletion.RoomPreparation;
import dev.bailiff.worker.kind.PlanStage;
import dev.bailiff.worker.kind.StageCommit;
import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageServices;
import dev.bailiff.worker.kind.TargetPage;

/**
 * Blocks the rooms and creates their replacements. Both happen before any member is removed, so
 * that nobody comes back in between. The replacement's id follows from job and room, so a page that
 * comes twice creates no second replacement.
 */
final class PlanRoomsStage extends PlanStage {

  PlanRoomsStage(StageServices services) {
    super(services, true);
  }

  @Override
  public Batches batches() {
    return new Batches(50, 500);
  }

  @Override
  protected BatchOutcome planTargets(StageContext context, TargetPage page, StageCommit commit) {
    var options = DeleteRoomsOptions.of(context);
    var preparation =
        new RoomPreparation(
            page.asTargets(),
            context.job().actingUser(),
            options.block(),
            options.requireKnown(),
            options.purge() && !options.shutDown() && !options.forcePurge(),
            options.shutDown() ? options.newRoomUser() : null,
            options.roomName(),
            context.id().toString());
    return services()
        .homeserver()
        .roomDeletion()
        .prepareRooms(preparation, commit.map(page::settled));
  }
}
