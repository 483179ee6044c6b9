package dev.bailiff.job.store;

import dev.bailiff.job.BatchRecord;
import dev.bailiff.job.Delivery;
import dev.bailiff.job.Holder;
import dev.bailiff.job.Lease;
import dev.bailiff.job.LeaseLostException;
import dev.bailiff.job.PublishableCommand;
import dev.bailiff.job.Segment;
import dev.bailiff.job.SegmentKey;
import dev.bailiff.job.SegmentStatus;
import dev.bailiff.job.StopRequestedException;
import dev.bailiff.job.store.JobSettlement.Settlement;
import dev.bailiff.schemas.command.SegmentCommand;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The calls by which the owner of a lease works its segment (rules 2 and 3).
 *
 * <p><b>Why a crash loses nothing and does nothing twice:</b> {@link #fence} locks the segment's
 * row for the owner of the current epoch, and {@link #record} moves the checkpoint in the same
 * transaction as the effect. Both are committed or neither is; the next owner goes on at the
 * checkpoint. An owner that lost the lease finds another epoch or status and is refused.
 */
public final class SegmentLeases {
  /** A homeserver that is back is asked again within this time. */
  private static final int MOST_WAIT_SECONDS = 10;

  /** A homeserver may ask for a longer wait than that, up to this time. */
  private static final int MOST_ASKED_SECONDS = 60;

  private static final String REREAD =
      """
      select range, checkpoint from jobs.segment
       where job_id = :jobId and stage_n = :stage and segment_n = :segment
         and status = 'leased' and epoch = :epoch
      """;

  private static final String OPEN_ITEMS =
      """
      select total - done - failed - skipped from jobs.segment
       where job_id = :jobId and stage_n = :stage and segment_n = :segment
         and epoch = :epoch
      """;

  private final Jdbi jdbi;
  private final LeaseConfig config;

  SegmentLeases(Jdbi jdbi, LeaseConfig config) {
    this.jdbi = jdbi;
    this.config = config;
  }

  /** Times and bounds of these leases. */
  public LeaseConfig config() {
    return config;
  }

  /**
   * Takes the lease that a command points to.
   *
   * @param delivery how often Kafka delivered the command, 1-based: the d-th delivery may take over
   *     from the d − 1 before it
   * @param known names of the stages that the owner can work, in any order
   * @return empty if there is nothing to do for this command: it is old, done, somebody else's, of
   *     a stage that is not known, or its job is stopped
   */
  public Optional<Segment> lease(
      SegmentCommand command, int delivery, String owner, Collection<String> known) {
    return StatementTimeouts.inTransaction(
        jdbi,
        config.statementTimeout(),
        handle -> {
          if (command.stage() == 0 && command.segment() == 0) {
            new JobStatusChanges(handle).activate(command.jobId());
          }
          var holder = new Holder(owner, Delivery.of(command, delivery));
          var segment = LeaseTaking.take(handle, command, holder, known, config.lease());
          if (segment.isEmpty()) {
            handle.rollback();
          }
          return segment;
        });
  }

  /**
   * Rule 2: locks the segment for its owner until the transaction ends. Joins the transaction of
   * the calling thread.
   *
   * @throws LeaseLostException if the segment belongs to somebody else by now
   * @throws StopRequestedException if the job was cancelled or paused (rule 5): the batch must not
   *     begin
   */
  public void fence(Lease lease) {
    jdbi.useHandle(
        handle -> {
          boolean goesOn =
              LeaseFence.lock(handle, lease).orElseThrow(() -> new LeaseLostException(lease));
          if (!goesOn) {
            throw new StopRequestedException(lease.key());
          }
        });
  }

  /**
   * Rule 3: stores a batch, and ends or gives back its segment if the record says so. Joins the
   * transaction of the calling thread. The stage's row is written last, as all segments of a stage
   * share it.
   *
   * @param known names of the stages of the job's kind that the owner knows, in order
   */
  public Recorded record(Lease lease, BatchRecord batch, List<String> known) {
    return record(lease, batch, known, recorded -> {});
  }

  /**
   * Stores a batch and runs a follow-up in the same transaction.
   *
   * @param behind the follow-up; if it throws, nothing of the batch is stored
   */
  public Recorded record(
      Lease lease, BatchRecord batch, List<String> known, Consumer<Recorded> behind) {
    return StatementTimeouts.inTransaction(
        jdbi,
        config.statementTimeout(),
        handle -> {
          var recorded = new BatchWriter(handle, config, lease, known).write(batch);
          behind.accept(recorded);
          return recorded;
        });
  }

  /**
   * {@link #fence} and {@link #record} at once, for a batch without an effect of its own.
   *
   * @throws LeaseLostException as fence does
   * @throws StopRequestedException as fence does
   */
  public Recorded fenceAndRecord(
      Lease lease, BatchRecord batch, List<String> known, Consumer<Recorded> behind) {
    return StatementTimeouts.inTransaction(
        jdbi,
        config.statementTimeout(),
        handle -> {
          fence(lease);
          return record(lease, batch, known, behind);
        });
  }

  /**
   * The consequences of a record.
   *
   * @param released commands of segments that came into the window, to be published after the
   *     commit
   * @param stageEnded whether no segment of the stage is open any more
   * @param settled the new state of the job after the end of its stage; null if the job is to be
   *     settled after the commit
   */
  public record Recorded(
      List<PublishableCommand> released, boolean stageEnded, @Nullable Settlement settled) {
    /** No consequences: the segment goes on. */
    public static final Recorded GOES_ON = new Recorded(List.of(), false, null);
  }

  /**
   * Ends a run early: the segment goes back into the queue, from which the window is filled. Its
   * own job's segment is the first again unless another job has its turn.
   *
   * @return the commands to publish
   */
  public List<PublishableCommand> yield(Segment segment) {
    var lease = segment.lease();
    var job = lease.key().job().value();
    return StatementTimeouts.inTransaction(
        jdbi,
        config.statementTimeout(),
        handle -> {
          if (!new LeaseReturn(handle, config).hold(lease)) {
            return List.of();
          }
          var window = new SegmentWindow(handle, config);
          window.enqueue(job);
          return window.exchange(job, 1);
        });
  }

  /** Gives the segment back after a failed batch; the attempt counts. */
  public boolean retryLater(Lease lease, Duration delay, String error) {
    return giveBack(lease, delay, 0, true, error);
  }

  /**
   * Gives the segment back because the store was away. The attempt does not count, since the outage
   * says nothing about the work.
   */
  public boolean snooze(Lease lease, Duration delay, String error) {
    return giveBack(lease, delay, 0, false, error);
  }

  /**
   * Gives the segment back because the homeserver is away; the attempt does not count. The wait
   * begins at {@link LeaseConfig#retryBackoff} and doubles up to {@value #MOST_WAIT_SECONDS} s,
   * until a batch is committed.
   *
   * @param atLeast the wait that the homeserver asked for; {@value #MOST_ASKED_SECONDS} s of it
   *     count
   * @param jitter factor of the wait
   */
  public boolean waitForHomeserver(Lease lease, Duration atLeast, double jitter, String error) {
    return StatementTimeouts.inTransaction(
        jdbi,
        config.statementTimeout(),
        handle ->
            new LeaseReturn(handle, config)
                .waitForHomeserver(
                    lease,
                    Collections.min(List.of(atLeast, Duration.ofSeconds(MOST_ASKED_SECONDS))),
                    Duration.ofSeconds(MOST_WAIT_SECONDS),
                    jitter,
                    error));
  }

  private boolean giveBack(
      Lease lease, Duration delay, int publications, boolean keepAttempts, @Nullable String error) {
    return StatementTimeouts.inTransaction(
        jdbi,
        config.statementTimeout(),
        handle ->
            new LeaseReturn(handle, config)
                .giveBack(lease, delay, publications, keepAttempts, error));
  }

  /**
   * Ends a segment whose job is to stop, or gives it back if the job was only paused. The caller
   * settles the job afterwards.
   */
  public void stop(Lease lease) {
    StatementTimeouts.inTransaction(
        jdbi,
        config.statementTimeout(),
        handle -> {
          if (!new LeaseReturn(handle, config).holdIfPaused(lease)) {
            new BatchWriter(handle, config, lease, List.of()).end(SegmentStatus.CANCELLED, null);
          }
          return null;
        });
  }

  /**
   * Reads a segment again after an answer was lost: the segment under the same lease as it is now,
   * or empty if the lease is not the caller's any more.
   */
  public Optional<Segment> reread(Segment segment) {
    return jdbi.withHandle(
        handle ->
            LeaseBinding.bind(handle.createQuery(REREAD), segment.lease())
                .map((row, context) -> segment.at(row.getString(1), row.getString(2)))
                .findOne());
  }

  /** How many items of a leased segment are neither done, failed nor skipped; 0 at least. */
  public long openItems(Lease lease) {
    return jdbi.withHandle(
        handle ->
            Math.max(
                0,
                LeaseBinding.bind(handle.createQuery(OPEN_ITEMS), lease)
                    .mapTo(Long.class)
                    .findOne()
                    .orElse(0L)));
  }

  /**
   * Returns if the store answers.
   *
   * @throws org.jdbi.v3.core.JdbiException otherwise
   */
  public void ping() {
    jdbi.useHandle(handle -> handle.execute("select 1"));
  }

  /**
   * Takes a turn to publish the stage's progress; there are two turns a second.
   *
   * @param paced the speed on a remote homeserver, which is stored; null if it is not known
   * @return whether the caller got the turn
   */
  public boolean takesProgressTurn(SegmentKey key, @Nullable String paced) {
    return jdbi.withHandle(
        handle -> new StageCounters(handle).takeProgressTurn(StageKey.of(key), paced));
  }
}
