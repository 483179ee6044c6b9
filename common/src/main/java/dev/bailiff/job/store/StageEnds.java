package dev.bailiff.job.store;

import dev.bailiff.job.JobId;
import dev.bailiff.job.Progress;
import dev.bailiff.job.PublishableCommand;
import dev.bailiff.job.SegmentKey;
import dev.bailiff.job.store.GroupLeases.StageRecorded;
import dev.bailiff.job.store.SegmentLeases.Recorded;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
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

  /** Fills the windows, then writes the stages; tells what follows for each. */
  List<StageRecorded> write() {
    Map<StageKey, List<PublishableCommand>> released = new LinkedHashMap<>();
    stages.keySet().forEach(stage -> released.put(stage, release(stage)));
    Set<StageKey> ended = end();
    return released.entrySet().stream()
        .map(
            stage ->
                new StageRecorded(
                    new JobId(stage.getKey().job()),
                    stage.getKey().stage(),
                    new Recorded(stage.getValue(), ended.contains(stage.getKey()))))
        .toList();
  }

  private List<PublishableCommand> release(StageKey stage) {
    return handle
        .attach(SegmentDao.class)
        .release(stage.job(), stage.stage(), config.window(), config.republishAfter().toMillis())
        .stream()
        .map(BatchWriter::command)
        .toList();
  }

  /** Returns the stages that have no open segment any more. */
  private Set<StageKey> end() {
    var ends = stages.entrySet().stream().filter(stage -> stage.getValue().segments() > 0).toList();
    var dao = handle.attach(StageDao.class);
    if (ends.size() == 1) {
      var stage = ends.get(0).getKey();
      var sums = ends.get(0).getValue();
      int open =
          dao.end(
              stage.job(),
              stage.stage(),
              sums.segments(),
              sums.done(),
              sums.failed(),
              sums.skipped());
      return open == 0 ? Set.of(stage) : Set.of();
    }
    if (ends.isEmpty()) {
      return Set.of();
    }
    return dao
        .endAll(
            Column.of(ends, stage -> stage.getKey().job(), UUID[]::new),
            Column.of(ends, stage -> stage.getKey().stage(), Integer[]::new),
            Column.of(ends, stage -> stage.getValue().segments(), Integer[]::new),
            Column.of(ends, stage -> stage.getValue().done(), Long[]::new),
            Column.of(ends, stage -> stage.getValue().failed(), Long[]::new),
            Column.of(ends, stage -> stage.getValue().skipped(), Long[]::new))
        .stream()
        .filter(stage -> stage.openSegments() == 0)
        .map(stage -> new StageKey(stage.jobId(), stage.stageN()))
        .collect(Collectors.toSet());
  }
}
