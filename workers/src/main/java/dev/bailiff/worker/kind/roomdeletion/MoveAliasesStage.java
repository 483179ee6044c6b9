package dev.bailiff.worker.kind.roomdeletion;

import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.roomdeletion.AliasMove;
import dev.bailiff.worker.kind.StageCommit;
import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageServices;
import dev.bailiff.worker.kind.TargetPage;
import dev.bailiff.worker.kind.TargetStage;
import org.jspecify.annotations.Nullable;

/**
 * Posts the message into the replacement rooms and moves the aliases there, one room a batch. The
 * message's id follows from the job and the room, and a moved alias no longer belongs to the old
 * room. So a batch that comes twice changes nothing.
 */
final class MoveAliasesStage extends TargetStage {

  MoveAliasesStage(StageServices services) {
    super("move-aliases", services, 200);
  }

  @Override
  public Batches batches() {
    return new Batches(1, 1);
  }

  @Override
  public PlanPage plan(StageContext context, @Nullable Cursor after) {
    var options = DeleteRoomsOptions.of(context);
    return options.shutDown() && options.newRoomUser() != null
        ? super.plan(context, after)
        : PlanPage.EMPTY;
  }

  @Override
  protected BatchOutcome workTargets(StageContext context, TargetPage page, StageCommit commit) {
    var options = DeleteRoomsOptions.of(context);
    var room = page.first();
    var newRoom = room.facts().get("new_room_id");
    var user = options.newRoomUser();
    if (newRoom == null || user == null) {
      return commit.record(BatchOutcome.of(0, 1, page.behind()));
    }
    var move =
        new AliasMove(
            TargetPage.asTarget(room),
            newRoom,
            user,
            options.message(),
            context.job().actingUser(),
            context.id().toString());
    return services().homeserver().roomDeletion().moveAliases(move, commit.map(page::settled));
  }
}
