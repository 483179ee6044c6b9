package dev.bailiff.worker.kind.roomdeletion;

import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.roomdeletion.RoomClosing;
import dev.bailiff.worker.kind.StageCommit;
import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageServices;
import dev.bailiff.worker.kind.TargetPage;
import dev.bailiff.worker.kind.TargetStage;
import org.jspecify.annotations.Nullable;

/**
 * Ends a purge: deletes late events and the room itself, under the room's lock. This is a separate
 * stage, because it must come after every segment of {@code purge}, and those segments run in
 * parallel.
 */
final class CloseRoomStage extends TargetStage {
  private static final int LATE_EVENTS = 20_000;

  CloseRoomStage(StageServices services) {
    super("close-room", services, 200);
  }

  @Override
  public Batches batches() {
    return new Batches(1, 1);
  }

  @Override
  public PlanPage plan(StageContext context, @Nullable Cursor after) {
    return DeleteRoomsOptions.of(context).purge() ? super.plan(context, after) : PlanPage.EMPTY;
  }

  /**
   * While a part of the room is left, the cursor stays at the room. The port's own cursor follows
   * the room's number.
   */
  @Override
  protected BatchOutcome workTargets(StageContext context, TargetPage page, StageCommit commit) {
    var within = page.within();
    return services()
        .homeserver()
        .roomDeletion()
        .finishPurge(
            new RoomClosing(
                TargetPage.asTarget(page.first()),
                DeleteRoomsOptions.of(context).forcePurge(),
                page.first().facts(),
                within == null ? null : new Cursor(within),
                LATE_EVENTS),
            commit.map(outcome -> ofRoom(page, outcome)));
  }

  /**
   * Counts the room as the item. The room is done when nothing of it is left, however many late
   * events were deleted.
   */
  private static BatchOutcome ofRoom(TargetPage page, BatchOutcome outcome) {
    var next = outcome.next();
    boolean closed = next == null && outcome.snooze() == null && outcome.failures().isEmpty();
    return page.settled(
        new BatchOutcome(
            closed ? 1 : 0,
            0,
            outcome.failures(),
            outcome.listEntries(),
            outcome.facts(),
            next == null ? null : TargetPage.inside(page.first(), next.value()),
            outcome.snooze(),
            outcome.effects()));
  }
}
