package dev.bailiff.worker.kind;

import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.batch.Range;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the ordered parts of a job.
 *
 * <p>No call asks the homeserver without end. A loop over its operations or reads ends at the
 * {@linkplain StageContext#deadline deadline}; the call then returns its results and the place
 * where to go on.
 *
 * <p>All methods may be called twice for the same place. After a crash the engine calls again from
 * the last checkpoint, and items that were done by then must be counted as skipped.
 */
public interface Stage {

  /** Name in tables and JSON. */
  String name();

  /** Sizes of batches: the first size, and the bound that keeps a batch well below 10 s. */
  default Batches batches() {
    return new Batches(100, 2000);
  }

  /**
   * Whether batches of several short segments may be committed together: {@link #work} then runs in
   * the transaction of the group. Allowed only for work that does nothing slow outside that
   * transaction, and nothing that cannot be rolled back. No stage is grouped on a homeserver whose
   * operations do not join the transaction.
   */
  default boolean groupsCommits() {
    return false;
  }

  /**
   * Whether a job of one target works this stage in the transaction that ends the stage before. The
   * limits of {@link #groupsCommits} apply. The earlier stage keeps its locks meanwhile.
   */
  default boolean joinsStageBefore() {
    return false;
  }

  /** Bounds of a batch, in items. */
  record Batches(int initial, int most) {}

  /**
   * Plans the next segments of this stage. Only reads; the engine stores the segments with the
   * cursor.
   *
   * @param after null at the start
   */
  PlanPage plan(StageContext context, @Nullable Cursor after);

  /**
   * A page of a plan.
   *
   * @param segments one range for each segment; may be empty although there is a next page
   * @param failures targets that are refused here
   * @param next null at the end
   */
  record PlanPage(List<Range> segments, List<Failure> failures, @Nullable Cursor next) {
    public static final PlanPage EMPTY = new PlanPage(List.of(), List.of(), null);

    /** The range of this page if the whole plan is one range; otherwise null. */
    public @Nullable Range only() {
      return next == null && segments.size() == 1 ? segments.get(0) : null;
    }
  }

  /**
   * Works at most {@code size} items behind {@code after}. Calls {@code commit} as {@link
   * dev.bailiff.homeserver.Homeserver} prescribes.
   *
   * @return the outcome that {@code commit} returned
   */
  BatchOutcome work(
      StageContext context, String range, @Nullable Cursor after, int size, StageCommit commit);

  /**
   * The items that {@link #work} would take next. Changes nothing. The engine lists these items
   * when it gives them up.
   *
   * @param size 1 to give up a bad item, more to give up the rest of a segment
   */
  Remaining remaining(StageContext context, String range, @Nullable Cursor after, int size);

  /**
   * Items to be given up.
   *
   * @param items each with its target
   * @param next where to go on; null if the range ends with these items
   */
  record Remaining(List<Item> items, @Nullable Cursor next) {}

  /**
   * An item, or a run of items that is given up as one.
   *
   * @param count how many items it stands for
   * @param failsTarget whether its target fails with it
   */
  record Item(int target, String name, long count, boolean failsTarget) {}
}
