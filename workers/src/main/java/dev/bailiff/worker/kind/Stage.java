package dev.bailiff.worker.kind;

import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.batch.Range;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the ordered parts of a job. No call asks the homeserver on and on: a loop over its
 * operations or reads ends at the {@linkplain StageContext#deadline deadline}, and the call comes
 * back with what it has and the place where to go on. All methods survive being called twice for
 * the same place: the engine calls again from the last checkpoint after a crash, and what was done
 * by then must come out as skipped.
 */
public interface Stage {

  /** Name in tables and JSON. */
  String name();

  /** Size of batches: where to begin, and the bound that keeps a batch well below 10 s. */
  default Batches batches() {
    return new Batches(100, 2000);
  }

  /**
   * Whether batches of several short segments may be committed together: {@link #work} then runs in
   * the transaction of the group. Only for work that does nothing slow, and nothing that cannot be
   * rolled back, beside that transaction. On a homeserver whose operations do not join it, no stage
   * is worked so.
   */
  default boolean groupsCommits() {
    return false;
  }

  /**
   * Whether a job of one target works this stage in the transaction that ends the stage before. The
   * bounds of {@link #groupsCommits} hold for it. The stage before keeps its locks meanwhile.
   */
  default boolean joinsStageBefore() {
    return false;
  }

  /** Bounds of a batch, in items. */
  record Batches(int initial, int most) {}

  /**
   * The next segments of this stage. Reads only; the engine stores them with the cursor.
   *
   * @param after null at the start
   */
  PlanPage plan(StageContext context, @Nullable Cursor after);

  /**
   * A page of a plan.
   *
   * @param segments ranges, one a segment; may be empty although there is a next page
   * @param failures targets that are refused here
   * @param next null at the end
   */
  record PlanPage(List<Range> segments, List<Failure> failures, @Nullable Cursor next) {
    public static final PlanPage EMPTY = new PlanPage(List.of(), List.of(), null);

    /** The range of this page if that is all of the plan; null if there are more, or none. */
    public @Nullable Range only() {
      return next == null && segments.size() == 1 ? segments.get(0) : null;
    }
  }

  /**
   * Works at most {@code size} items behind {@code after}; calls {@code commit} as {@link
   * dev.bailiff.homeserver.Homeserver} says.
   *
   * @return the outcome that {@code commit} returned
   */
  BatchOutcome work(
      StageContext context, String range, @Nullable Cursor after, int size, StageCommit commit);

  /**
   * The items that {@link #work} would take next, without doing anything: to give up what cannot be
   * done.
   *
   * @param size 1 to give up a bad item, more to give up the rest of a segment
   */
  Remaining remaining(StageContext context, String range, @Nullable Cursor after, int size);

  /**
   * Items given up.
   *
   * @param items each with its target
   * @param next where to go on; null if the range is finished with them
   */
  record Remaining(List<Item> items, @Nullable Cursor next) {}

  /**
   * An item, or a run of items that is given up as one.
   *
   * @param count how many items it stands for
   * @param failsTarget whether its target is lost with it
   */
  record Item(int target, String name, long count, boolean failsTarget) {}
}
