package dev.bailiff.worker.kind.roomdeletion;

import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Verdict;
import dev.bailiff.worker.kind.StageCommit;
import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageServices;
import dev.bailiff.worker.kind.TargetPage;
import dev.bailiff.worker.kind.TargetStage;
import java.util.List;
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
    return Choices.of(context).purge() ? super.plan(context, after) : PlanPage.EMPTY;
  }

  /**
   * While something of the room is left the cursor stays at the room, with the port's own cursor
   * behind its number.
   */
  @Override
  protected BatchOutcome workTargets(StageContext context, TargetPage page, StageCommit commit) {
    var placed = new PlacedCommit(page, commit);
    var within = page.within();
    var outcome =
        services()
            .homeserver()
            .roomDeletion()
            .finishPurge(
                TargetPage.asTarget(page.first()),
                Choices.of(context).forcePurge(),
                within == null ? null : new Cursor(within),
                LATE_EVENTS,
                placed);
    return placed.place(outcome);
  }

  private record PlacedCommit(TargetPage page, StageCommit commit) implements StageCommit {
    /**
     * The item is the room: it is done when nothing of it is left, however many late events that
     * took.
     */
    BatchOutcome place(BatchOutcome outcome) {
      var next = outcome.next();
      boolean closed = next == null && outcome.later() == null && outcome.failures().isEmpty();
      return page.settled(
          new BatchOutcome(
              closed ? 1 : 0,
              0,
              outcome.failures(),
              outcome.replyItems(),
              outcome.facts(),
              next == null ? null : TargetPage.inside(page.first(), next.value()),
              outcome.later()));
    }

    @Override
    public void fence() {
      commit.fence();
    }

    @Override
    public void record(BatchOutcome outcome) {
      commit.record(place(outcome));
    }

    @Override
    public void record(BatchOutcome outcome, List<Verdict> verdicts) {
      commit.record(place(outcome), verdicts);
    }
  }
}
