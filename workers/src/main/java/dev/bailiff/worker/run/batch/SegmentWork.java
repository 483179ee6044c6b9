package dev.bailiff.worker.run.batch;

import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.job.Lease;
import dev.bailiff.job.Segment;
import dev.bailiff.worker.kind.Deadline;
import dev.bailiff.worker.kind.Stage;
import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.WorkerKinds;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A leased segment with its stage and the parameters of its job. The parameters are read once,
 * however many batches the segment has. For one run; one thread.
 */
public final class SegmentWork {
  private final Segment segment;
  private final WorkerKinds kinds;
  private final Stage stage;
  private @Nullable Record parameters;
  private @Nullable String speed;

  private SegmentWork(
      Segment segment, WorkerKinds kinds, Stage stage, @Nullable Record parameters) {
    this.segment = segment;
    this.kinds = kinds;
    this.stage = stage;
    this.parameters = parameters;
  }

  public static SegmentWork of(WorkerKinds kinds, Segment segment) {
    return new SegmentWork(segment, kinds, kinds.stage(segment), null);
  }

  public Segment segment() {
    return segment;
  }

  /** Name of the kind of the segment's job. */
  public String kind() {
    return segment.job().kind().name();
  }

  public Stage stage() {
    return stage;
  }

  /** Names of all stages of the segment's kind, in order. */
  List<String> stageNames() {
    return kinds.stageNames(segment);
  }

  /** The job as the stage reads it, for a call that begins now. */
  public StageContext context() {
    var read = parameters;
    if (read == null) {
      read = kinds.parameters(segment);
      parameters = read;
    }
    return new StageContext(segment.job(), read, Deadline.ofCall());
  }

  /** Takes note of the speed at which a remote homeserver worked the last batch. */
  void noteSpeed(String text) {
    speed = text;
  }

  /** The speed of the last batch on a remote homeserver; null if it is not known. */
  public @Nullable String speed() {
    return speed;
  }

  /** The place where the segment goes on; null at the start. */
  public @Nullable Cursor cursor() {
    return segment.checkpoint() == null ? null : new Cursor(segment.checkpoint());
  }

  /** The same segment at another place. */
  public SegmentWork at(@Nullable String range, @Nullable Cursor next) {
    return with(segment.at(range, next == null ? null : next.value()));
  }

  /** The same segment as the store has it now. */
  public SegmentWork with(Segment stored) {
    return new SegmentWork(stored, kinds, stage, parameters);
  }

  /**
   * The same segment with cleared attempts: a committed batch has reset them in the store, and the
   * lease in our hands follows.
   */
  public SegmentWork withClearedAttempts() {
    var lease = segment.lease();
    return with(
        new Segment(
            new Lease(lease.key(), lease.holder(), lease.epoch(), 1),
            segment.stage(),
            segment.job(),
            segment.range(),
            segment.checkpoint(),
            segment.total()));
  }

  /**
   * Whether a batch of the segment may be committed with others. Its stage must allow it, and the
   * homeserver must work in the transaction of the group: no call to another machine may be made
   * while the transaction holds locks.
   */
  public boolean groupsCommits() {
    return stage.groupsCommits() && kinds.joinsTransactions();
  }

  /**
   * Whether the segment's first batch may be worked in the transaction that ended the stage before.
   * The job must have one target, and the homeserver must work in that transaction.
   */
  boolean joinsStageBefore() {
    return segment.job().targetCount() == 1
        && stage.joinsStageBefore()
        && kinds.joinsTransactions();
  }
}
