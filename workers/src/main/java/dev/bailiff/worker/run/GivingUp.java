package dev.bailiff.worker.run;

import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.job.BatchRecord.End;
import dev.bailiff.job.JobError;
import dev.bailiff.job.Segment;
import dev.bailiff.job.store.SegmentLeases;
import dev.bailiff.worker.kind.Stage;
import dev.bailiff.worker.kind.StageContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists as failed what cannot be done: one bad item, or the rest of a segment that ran out of
 * attempts. Only the place and the counters move; a crash in between lists the same items again,
 * from the same place.
 */
final class GivingUp {
  private static final int PAGE = 500;

  /**
   * Beyond this even listing the items kills its worker, and the segment is closed as it stands.
   */
  private static final int ATTEMPTS_TO_LIST = 3;

  private final SegmentLeases leases;

  GivingUp(SegmentLeases leases) {
    this.leases = leases;
  }

  /** Whether a segment has had all its attempts. */
  boolean isDue(Segment segment) {
    return segment.lease().attempt() > leases.config().maxAttempts();
  }

  /**
   * The next item, which the homeserver refuses.
   *
   * @return where the segment goes on; null if that was the last
   */
  @Nullable Cursor one(
      Segment segment, Stage stage, StageContext context, SegmentCommit commit, Exception cause) {
    var given = stage.remaining(context, range(segment), cursor(segment), 1);
    var error = new JobError(500, "M_UNKNOWN", "refused by the homeserver: " + cause.getMessage());
    commit.recordGivenUp(given, error, given.next() == null ? new End.Done() : new End.GoesOn());
    return given.next();
  }

  /**
   * A page of the rest of a segment; with the last one the segment ends as failed.
   *
   * @return where the next page begins; null if that was the last
   */
  @Nullable Cursor page(Segment segment, Stage stage, StageContext context, SegmentCommit commit) {
    var error =
        new JobError(
            500, "M_UNKNOWN", "given up after " + (segment.lease().attempt() - 1) + " attempts");
    int hopeless = leases.config().maxAttempts() + ATTEMPTS_TO_LIST;
    var given =
        segment.range() == null || segment.lease().attempt() > hopeless
            ? new Stage.Remaining(List.of(), null)
            : stage.remaining(context, range(segment), cursor(segment), PAGE);
    var next = given.next();
    commit.recordGivenUp(
        given, error, next == null ? new End.Failed(error.text()) : new End.GoesOn());
    return next;
  }

  private static @Nullable Cursor cursor(Segment segment) {
    return segment.checkpoint() == null ? null : new Cursor(segment.checkpoint());
  }

  private static String range(Segment segment) {
    var range = segment.range();
    if (range == null) {
      throw new IllegalStateException("a planning segment has no items");
    }
    return range;
  }
}
