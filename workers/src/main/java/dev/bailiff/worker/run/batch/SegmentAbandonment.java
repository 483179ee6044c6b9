package dev.bailiff.worker.run.batch;

import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.job.BatchRecord.End;
import dev.bailiff.job.JobError;
import dev.bailiff.job.Segment;
import dev.bailiff.job.store.SegmentLeases;
import dev.bailiff.worker.kind.Stage;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists items as failed that cannot be done: one bad item, or the rest of a segment that ran out of
 * attempts. Only the place and the counters move. After a crash in between, the same items are
 * listed again from the same place.
 */
public final class SegmentAbandonment {
  private static final int PAGE = 500;

  /**
   * Attempts at listing the items. After that even listing kills its worker, and the segment is
   * closed as it stands.
   */
  private static final int ATTEMPTS_TO_LIST = 3;

  private final SegmentLeases leases;

  public SegmentAbandonment(SegmentLeases leases) {
    this.leases = leases;
  }

  /** Whether a segment has used up its attempts. */
  public boolean isDue(Segment segment) {
    return segment.lease().attempt() > leases.config().maxAttempts();
  }

  /**
   * Gives up the next item, which the homeserver refuses.
   *
   * @return where the segment goes on; null if that was the last item
   */
  public @Nullable Cursor one(SegmentWork work, SegmentCommit commit, Exception cause) {
    var given = remaining(work, 1);
    var error = new JobError(500, "M_UNKNOWN", "refused by the homeserver: " + cause.getMessage());
    commit.recordGivenUp(given, error, given.next() == null ? new End.Done() : new End.GoesOn());
    return given.next();
  }

  /**
   * Gives up a page of the rest of a segment; with the last page the segment ends as failed.
   *
   * @return where the next page begins; null if that was the last page
   */
  public @Nullable Cursor page(SegmentWork work, SegmentCommit commit) {
    int attempt = work.segment().lease().attempt();
    var error = new JobError(500, "M_UNKNOWN", "given up after " + (attempt - 1) + " attempts");
    int hopeless = leases.config().maxAttempts() + ATTEMPTS_TO_LIST;
    var given =
        work.segment().range() == null || attempt > hopeless
            ? new Stage.Remaining(List.of(), null)
            : remaining(work, PAGE);
    var next = given.next();
    commit.recordGivenUp(
        given, error, next == null ? new End.Failed(error.text()) : new End.GoesOn());
    return next;
  }

  private Stage.Remaining remaining(SegmentWork work, int size) {
    var range = work.segment().range();
    if (range == null) {
      throw new IllegalStateException("a planning segment has no items");
    }
    var given = work.stage().remaining(work.context(), range, work.cursor(), size);
    return new Stage.Remaining(
        lastOf(given.items(), leases.openItems(work.segment().lease())), given.next());
  }

  /**
   * The items without those that are settled. A stage whose place is the homeserver's names its
   * ranges from the first on; they are worked in order, so the settled items are the first ones.
   * The last item stays, as its target may fail with it.
   */
  private static List<Stage.Item> lastOf(List<Stage.Item> items, long open) {
    var last = new ArrayDeque<Stage.Item>();
    long left = open;
    for (int n = items.size() - 1; n >= 0 && (left > 0 || last.isEmpty()); n--) {
      var item = items.get(n);
      long count = Math.min(left, item.count());
      last.addFirst(new Stage.Item(item.target(), item.name(), count, item.failsTarget()));
      left -= count;
    }
    return List.copyOf(last);
  }
}
