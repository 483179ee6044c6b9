package dev.bailiff.worker.kind.roomdeletion;

import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.RangePage;
import dev.bailiff.homeserver.roomdeletion.MemberRemoval;
import dev.bailiff.job.store.JobTargets.OpenTarget;
import dev.bailiff.worker.kind.RoomRange;
import dev.bailiff.worker.kind.RoomStage;
import dev.bailiff.worker.kind.StageCommit;
import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageServices;
import org.jspecify.annotations.Nullable;

/**
 * Removes the local members. A user who has left is no longer a member, so a batch that comes twice
 * lists nobody twice.
 */
final class ShutDownStage extends RoomStage {
  private static final int MEMBERS = 500;

  ShutDownStage(StageServices services) {
    super("shut-down", services);
  }

  @Override
  protected boolean wanted(StageContext context) {
    return DeleteRoomsOptions.of(context).shutDown();
  }

  @Override
  protected RangePage ranges(StageContext context, OpenTarget room, @Nullable Cursor after) {
    return services().homeserver().roomDeletion().memberRanges(asTarget(room), after, MEMBERS);
  }

  @Override
  public BatchOutcome work(
      StageContext context, String range, @Nullable Cursor after, int size, StageCommit commit) {
    var room = RoomRange.unpack(range);
    return services()
        .homeserver()
        .roomDeletion()
        .removeMembers(
            new MemberRemoval(
                room.asTarget(),
                room.asRange(),
                after,
                size,
                room.newRoom(),
                DeleteRoomsOptions.of(context).shutdown()),
            commit);
  }
}
