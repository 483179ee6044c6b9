package dev.bailiff.worker.kind.roomdeletion;

import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.batch.RangePage;
import dev.bailiff.homeserver.batch.RoomPurge;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.job.store.JobTargets.OpenTarget;
import dev.bailiff.worker.kind.RoomRange;
import dev.bailiff.worker.kind.RoomStage;
import dev.bailiff.worker.kind.StageCommit;
import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageServices;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Deletes the events, range by range. Deleted rows are gone and the cursor stands behind them, so a
 * batch that comes twice neither deletes nor reads them again.
 */
final class PurgeStage extends RoomStage {
  private static final int EVENTS = 100_000;

  PurgeStage(StageServices services) {
    super("purge", services);
  }

  @Override
  public Batches batches() {
    return new Batches(5000, 50_000);
  }

  @Override
  protected boolean wanted(StageContext context) {
    return DeleteRoomsOptions.of(context).purge()
        && services().homeserver().roomDeletion().purgesInRanges();
  }

  /**
   * Refuses rooms before the first event is deleted, not after the last: a refused purge must leave
   * the room whole.
   */
  @Override
  protected List<Failure> refused(StageContext context, List<Target> rooms) {
    if (DeleteRoomsOptions.of(context).forcePurge()) {
      return List.of();
    }
    return services().homeserver().roomDeletion().roomsWithLocalMembers(rooms).stream()
        .map(
            room ->
                new Failure(
                    room.id(),
                    room.number(),
                    true,
                    400,
                    "M_UNKNOWN",
                    "Users are still joined to room " + room.id() + "; it cannot be purged"))
        .toList();
  }

  @Override
  protected RangePage ranges(StageContext context, OpenTarget room, @Nullable Cursor after) {
    return services().homeserver().roomDeletion().purgeRanges(asTarget(room), after, EVENTS);
  }

  @Override
  public BatchOutcome work(
      StageContext context, String range, @Nullable Cursor after, int size, StageCommit commit) {
    var room = RoomRange.unpack(range);
    return services()
        .homeserver()
        .roomDeletion()
        .purgeEvents(new RoomPurge(room.asTarget(), room.asRange(), after, size), commit);
  }
}
