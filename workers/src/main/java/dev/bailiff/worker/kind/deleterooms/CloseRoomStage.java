package dev.bailiff.worker.kind.deleterooms;

import dev.bailiff.homeserver.BatchOutcome;
import dev.bailiff.homeserver.Cursor;
import dev.bailiff.homeserver.Target;
import dev.bailiff.homeserver.Verdict;
import dev.bailiff.job.store.JobTargets.OpenTarget;
import dev.bailiff.job.store.TargetSpan;
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

  /**
   * While something of the room is left the cursor stays at the room, with the port's own cursor
   * behind its number.
   */
  @Override
  public BatchOutcome work(
      StageContext context, String range, @Nullable Cursor after, int size, StageCommit commit) {
    if (after == null || after.value().indexOf(' ') < 0) {
      return super.work(context, range, after, size, commit);
    }
    int space = after.value().indexOf(' ');
    int number = Integer.parseInt(after.value().substring(0, space));
    var span = TargetSpan.parse(range);
    var page = services().targets().open(context.id(), number, number + 1, 1);
    var next = number + 1 < span.to() ? cursor(number + 1) : null;
    return close(
        context, page.get(0), new Cursor(after.value().substring(space + 1)), next, commit);
  }

  @Override
  protected BatchOutcome workTargets(
      StageContext context, List<OpenTarget> page, @Nullable Cursor next, StageCommit commit) {
    return close(context, page.get(0), null, next, commit);
  }

  private BatchOutcome close(
      StageContext context,
      OpenTarget room,
      @Nullable Cursor within,
      @Nullable Cursor next,
      StageCommit commit) {
    var placed = new PlacedCommit(room.number(), next, commit);
    var target = new Target(room.number(), room.id());
    var outcome =
        services()
            .homeserver()
            .finishPurge(target, Choices.of(context).forcePurge(), within, LATE_EVENTS, placed);
    return placed.place(outcome);
  }

  @Override
  public Remaining remaining(StageContext context, String range, @Nullable Cursor after, int size) {
    int space = after == null ? -1 : after.value().indexOf(' ');
    return after == null || space < 0
        ? super.remaining(context, range, after, size)
        : super.remaining(context, range, new Cursor(after.value().substring(0, space)), size);
  }

  private record PlacedCommit(int room, @Nullable Cursor behind, StageCommit commit)
      implements StageCommit {
    /**
     * The item is the room: it is done when nothing of it is left, however many late events that
     * took.
     */
    BatchOutcome place(BatchOutcome outcome) {
      var next = outcome.next();
      boolean closed = next == null && outcome.later() == null && outcome.failures().isEmpty();
      return new BatchOutcome(
          closed ? 1 : 0,
          0,
          outcome.failures(),
          outcome.replyItems(),
          outcome.facts(),
          next == null ? behind : new Cursor(room + " " + next.value()),
          outcome.later());
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
