package dev.bailiff.job.store;

import dev.bailiff.job.JobId;
import dev.bailiff.job.Progress;
import dev.bailiff.job.SegmentKey;
import dev.bailiff.job.store.GroupLeases.StageRecorded;
import dev.bailiff.job.store.SegmentLeases.Recorded;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * What the batches of a transaction mean for their stages: each stage's row is written once, and
 * last, as all its segments share it. Several stages come in one order, so that no two transactions
 * wait for each other.
 */
final class StageEnds {
  private final Handle handle;
  private final LeaseConfig config;
  private final Map<StageKey, Ended> stages =
      new TreeMap<>(
          Comparator.comparing((StageKey stage) -> stage.job()).thenComparing(StageKey::stage));

  private record StageKey(UUID job, int stage) {
    static StageKey of(SegmentKey segment) {
      return new StageKey(segment.job().value(), segment.stage());
    }
  }

  /** Ended segments of a stage, and the sums of their counters. */
  private record Ended(int segments, long done, long failed, long skipped) {
    static final Ended NONE = new Ended(0, 0, 0, 0);

    Ended plus(Ended other) {
      return new Ended(
          segments + other.segments,
          done + other.done,
          failed + other.failed,
          skipped + other.skipped);
    }
  }

  StageEnds(Handle handle, LeaseConfig config) {
    this.handle = handle;
    this.config = config;
  }

  /** A segment ended with these counters. */
  void add(SegmentKey segment, Progress counters) {
    stages.merge(
        StageKey.of(segment),
        new Ended(1, counters.done(), counters.failed(), counters.skipped()),
        Ended::plus);
  }

  /** The stage of this segment got more segments, which may come into the window. */
  void grown(SegmentKey segment) {
    stages.putIfAbsent(StageKey.of(segment), Ended.NONE);
  }

  /** Fills the windows and writes the stages; tells what follows for each. */
  List<StageRecorded> write() {
    return stages.entrySet().stream()
        .map(
            entry ->
                new StageRecorded(
                    new JobId(entry.getKey().job()),
                    entry.getKey().stage(),
                    write(entry.getKey(), entry.getValue())))
        .toList();
  }

  private Recorded write(StageKey stage, Ended ended) {
    var released =
        handle
            .attach(SegmentDao.class)
            .release(
                stage.job(), stage.stage(), config.window(), config.republishAfter().toMillis())
            .stream()
            .map(BatchWriter::command)
            .toList();
    if (ended.segments() == 0) {
      return new Recorded(released, false);
    }
    int open =
        handle
            .attach(StageDao.class)
            .end(
                stage.job(),
                stage.stage(),
                ended.segments(),
                ended.done(),
                ended.failed(),
                ended.skipped());
    return new Recorded(released, open == 0);
  }
}
