package dev.bailiff.worker.kind.deleterooms;

import dev.bailiff.homeserver.BatchOutcome;
import dev.bailiff.homeserver.Cursor;
import dev.bailiff.homeserver.Target;
import dev.bailiff.job.store.JobTargets.OpenTarget;
import dev.bailiff.worker.kind.StageCommit;
import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageServices;
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

  @Override
  protected BatchOutcome workTargets(
      StageContext context, List<OpenTarget> page, @Nullable Cursor next, StageCommit commit) {
    var room = page.get(0);
    var again = cursor(room.number());
    var afterwards = new LastPageCommit(again, next, commit);
    var outcome =
        services()
            .homeserver()
            .finishPurge(
                new Target(room.number(), room.id()),
                Choices.of(context).forcePurge(),
                null,
                LATE_EVENTS,
                afterwards);
    return afterwards.moved(outcome);
  }

  /** While late events are left the cursor stays at the room; then it moves behind it. */
  private record LastPageCommit(Cursor again, @Nullable Cursor behind, StageCommit commit)
      implements StageCommit {
    BatchOutcome moved(BatchOutcome outcome) {
      return outcome.withNext(outcome.next() == null && outcome.later() == null ? behind : again);
    }

    @Override
    public void fence() {
      commit.fence();
    }

    @Override
    public void record(BatchOutcome outcome) {
      commit.record(moved(outcome));
    }

    @Override
    public void record(BatchOutcome outcome, List<dev.bailiff.homeserver.Verdict> verdicts) {
      commit.record(moved(outcome), verdicts);
    }
  }
}
