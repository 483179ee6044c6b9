package dev.bailiff.job.store;

import dev.bailiff.job.BatchRecord;
import dev.bailiff.job.Holder;
import dev.bailiff.job.JobId;
import dev.bailiff.job.Lease;
import dev.bailiff.job.LeaseLostException;
import dev.bailiff.job.Progress;
import dev.bailiff.job.PublishableCommand;
import dev.bailiff.job.SegmentKey;
import dev.bailiff.job.store.GroupLeases.StageRecorded;
import dev.bailiff.job.store.JobSettlement.Settlement;
import dev.bailiff.job.store.SegmentEnds.LastBatch;
import dev.bailiff.job.store.SegmentLeases.Recorded;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Collects the ends of segments in a transaction, and writes them with one statement for all
 * segments and one for all stages. A stage's row is written once, and last, as all its segments
 * share it. Several stages are always written in the same order, so that no two transactions wait
 * for each other. A job whose stage has ended is moved on in the same transaction.
 */
final class StageEnds {
  /**
   * The job with its stage, in one query. The values are current: this transaction has locked the
   * stage's row before, so nobody else moves the job on.
   */
  private static final String LOCK_IF_FREE =
      "select "
          + JobRow.COLUMNS
          + ", "
          + StageRow.COLUMNS
          + ", exists (select from jobs.queue q where q.kind = j.kind) as others_wait\n"
          + StageRow.FROM
          + "where j.job_id = :jobId for no key update of j skip locked";

  private final Handle handle;
  private final LeaseConfig config;
  private final EffectRows effects = new EffectRows();
  private final List<LastBatch> finished = new ArrayList<>();
  private final Map<StageKey, SegmentSums> stages =
      new TreeMap<>(
          Comparator.comparing((StageKey stage) -> stage.job()).thenComparing(StageKey::stage));
  private final Map<StageKey, Next> nexts = new HashMap<>();

  /** Stages of one segment: no segment is left to be let into a window. */
  private final Set<StageKey> whole = new HashSet<>();

  /**
   * The worker that goes on when a stage has ended, and the names of the stages it knows, in order.
   */
  private record Next(Holder holder, List<String> known) {}

  StageEnds(Handle handle, LeaseConfig config) {
    this.handle = handle;
    this.config = config;
  }

  /**
   * Notes that the segment of this lease is done with this batch.
   *
   * @param known names of the stages that the owner knows, in order
   */
  void finish(Lease lease, BatchRecord batch, List<String> known) {
    finished.add(new LastBatch(lease, batch));
    nexts.put(StageKey.of(lease.key()), new Next(lease.holder(), known));
  }

  /** Notes what the batch of this lease did, for the audit. */
  void tell(Lease lease, BatchRecord batch) {
    effects.add(lease, batch);
  }

  /** Notes that the segment of this lease ended with these counters. */
  void add(Lease lease, Progress counters, List<String> known) {
    nexts.put(StageKey.of(lease.key()), new Next(lease.holder(), known));
    add(lease.key(), 0, counters);
  }

  private void add(SegmentKey segment, long planned, Progress counters) {
    stages.merge(StageKey.of(segment), SegmentSums.ofOne(planned, counters), SegmentSums::plus);
  }

  /** Notes that the stage of this segment got more segments, which may come into the window. */
  void grown(SegmentKey segment) {
    stages.putIfAbsent(StageKey.of(segment), SegmentSums.NONE);
  }

  /**
   * Ends the segments that are done, fills the windows, then writes the stages, and settles the
   * jobs of stages that have ended. Returns the consequences for each stage.
   *
   * @throws LeaseLostException if the lease of a segment that is done is lost
   */
  List<StageRecorded> write() {
    effects.write(handle);
    writeFinished();
    var released = new ArrayList<>(release());
    var ended = end();
    var recorded = new ArrayList<StageRecorded>();
    for (var stage : stages.keySet()) {
      var settled = ended.contains(stage) ? settled(stage, released) : null;
      // The commands may be of any job; the first stage takes all that there are so far.
      var commands = List.copyOf(released);
      released.clear();
      recorded.add(
          new StageRecorded(
              new JobId(stage.job()),
              stage.stage(),
              new Recorded(commands, ended.contains(stage), settled)));
    }
    return recorded;
  }

  /**
   * Settles the job in the commit of the stage's last segment, unless the job's row is locked. This
   * transaction must not wait for that lock: its holder may wait for the stage's row, which is
   * locked here.
   *
   * @param released gets the commands of other jobs of the kind that wait for a place
   */
  private @Nullable Settlement settled(StageKey stage, List<PublishableCommand> released) {
    var next = nexts.get(stage);
    if (next == null) {
      return null;
    }
    var moving =
        handle
            .createQuery(LOCK_IF_FREE)
            .bind("jobId", stage.job())
            .map(
                (row, context) ->
                    new Moving(JobRow.of(row), StageRow.of(row), row.getBoolean("others_wait")))
            .findOne()
            .orElse(null);
    if (moving == null) {
      return null;
    }
    var settled =
        new JobMoves(handle, config)
            .settle(moving.job(), moving::stage, next.known(), next.holder());
    if (moving.othersWait() && settled instanceof Settlement.Ended) {
      released.addAll(new SegmentWindow(handle, config).fill(stage.job(), config.window()));
    }
    return settled;
  }

  /**
   * A job that moves on.
   *
   * @param othersWait whether jobs of the kind wait for a place in the window
   */
  private record Moving(JobRow job, StageRow stage, boolean othersWait) {}

  private void writeFinished() {
    if (finished.isEmpty()) {
      return;
    }
    if (finished.size() == 1) {
      writeOne(finished.get(0));
      return;
    }
    var written = new SegmentEnds(handle).finishAll(finished);
    finished.stream()
        .filter(done -> done.batch().adoptedRange() != null)
        .forEach(done -> whole.add(StageKey.of(done.lease().key())));
    finished.forEach(
        done ->
            add(
                done.lease().key(),
                done.batch().adoptedItems(),
                Optional.ofNullable(written.get(done.lease().key()))
                    .orElseThrow(() -> new LeaseLostException(done.lease()))));
  }

  private void writeOne(LastBatch done) {
    var key = done.lease().key();
    var written =
        new SegmentEnds(handle)
            .finish(done)
            .orElseThrow(() -> new LeaseLostException(done.lease()));
    if (written.segments() == 1) {
      whole.add(StageKey.of(key));
    }
    add(key, done.batch().adoptedItems(), written.counters());
  }

  /** Fills the windows. The segments that are let in may be of other jobs. */
  private List<PublishableCommand> release() {
    var keys = stages.keySet().stream().filter(stage -> !whole.contains(stage)).toList();
    if (keys.isEmpty()) {
      return List.of();
    }
    int places =
        finished.size() > 1 ? SegmentWindow.PLACES_OF_GROUPS * config.window() : config.window();
    var window = new SegmentWindow(handle, config);
    // Jobs whose stages have the same names are of one kind.
    return keys.stream()
        .collect(
            Collectors.toMap(this::known, StageKey::job, (one, other) -> one, LinkedHashMap::new))
        .values()
        .stream()
        .flatMap(job -> window.fill(job, places).stream())
        .toList();
  }

  private List<String> known(StageKey stage) {
    var next = nexts.get(stage);
    return next == null ? List.of() : next.known();
  }

  /** Returns the stages that have no open segment any more. */
  private Set<StageKey> end() {
    var ends = stages.entrySet().stream().filter(stage -> stage.getValue().segments() > 0).toList();
    if (ends.isEmpty()) {
      return Set.of();
    }
    var counters = new StageCounters(handle);
    if (ends.size() > 1) {
      return counters.endAll(ends);
    }
    var stage = ends.get(0).getKey();
    return counters.end(stage, ends.get(0).getValue()) == 0 ? Set.of(stage) : Set.of();
  }
}
