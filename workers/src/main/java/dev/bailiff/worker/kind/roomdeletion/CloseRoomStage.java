package dev.bailiff.worker.kind.roomdeletion;

import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.worker.kind.StageCommit;
import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageServices;
import dev.bailiff.worker.kind.TargetPage;
import dev.bailiff.worker.kind.TargetStage;
import org.jspecify.annotations.Nullable;

/**
 * Ends a purge: under the room's lock, deletes events that came late and the room itself. A stage
 * of its own, because it must come after every segment of {@code purge}, and those run side by
 * side.
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
   * While something of the room is left the cursor stays at the room, with the port's own cursor
   * behind its number.
   */
  @Override
  protected BatchOutcome workTargets(StageContext context, TargetPage page, StageCommit commit) {
    var within = page.within();
    return services()
        .homeserver()
        .roomDeletion()
        .finishPurge(
            TargetPage.asTarget(page.first()),
            DeleteRoomsOptions.of(context).forcePurge(),
            within == null ? null : new Cursor(within),
            LATE_EVENTS,
            commit.map(outcome -> ofRoom(page, outcome)));
  }

  /**
   * The item is the room: it is done when nothing of it is left, however many late events that
   * took.
   */
  private static BatchOutcome ofRoom(TargetPage page, BatchOutcome outcome) {
    var next = outcome.next();
    boolean closed = next == null && outcome.later() == null && outcome.failures().isEmpty();
    return page.settled(
        new BatchOutcome(
            closed ? 1 : 0,
            0,
            outcome.failures(),
            outcome.listEntries(),
            outcome.facts(),
            next == null ? null : TargetPage.inside(page.first(), next.value()),
            outcome.later()));
  }
}
