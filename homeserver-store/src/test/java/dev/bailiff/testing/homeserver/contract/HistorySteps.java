package dev.bailiff.testing.homeserver.contract;

import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.RoomPurge;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.history.HistoryPort;
import dev.bailiff.homeserver.history.HistoryPreparation;
import dev.bailiff.homeserver.history.HistoryScope;
import dev.bailiff.testing.homeserver.BatchDriver;
import java.util.List;

/** The steps of {@code purge-history}, each worked to its end. */
public record HistorySteps(HistoryPort port) {
  private static final int SIZE = 30;

  public static HistoryPreparation upToDepth(long depth) {
    return new HistoryPreparation(List.of(), depth, null, null);
  }

  public static HistoryPreparation upToEvent(String event) {
    return new HistoryPreparation(List.of(), null, event, null);
  }

  public static HistoryPreparation upToTime(long at) {
    return new HistoryPreparation(List.of(), null, null, at);
  }

  /** Fixes the cut-off of a room. */
  public BatchDriver.Total prepare(Target room, HistoryPreparation cutOff) {
    HistoryPreparation preparation =
        new HistoryPreparation(
            List.of(room), cutOff.upToDepth(), cutOff.upToEvent(), cutOff.upToAt());
    return BatchDriver.run((cursor, commit) -> port.prepareHistory(preparation, commit));
  }

  public HistoryScope scope(Target room, HistoryPreparation cutOff, boolean localEvents) {
    return new HistoryScope(
        room, String.valueOf(prepare(room, cutOff).fact("cut_off")), localEvents);
  }

  public List<Range> ranges(HistoryScope scope) {
    return Ranges.of(cursor -> port.historyRanges(scope, cursor, SIZE));
  }

  public BatchDriver.Total purge(Target room, List<Range> ranges) {
    long done = 0;
    long skipped = 0;
    for (Range range : ranges) {
      BatchDriver.Total total =
          BatchDriver.run(
              (cursor, commit) -> port.purgeHistory(new RoomPurge(room, range, cursor, 7), commit));
      done += total.done();
      skipped += total.skipped();
    }
    return new BatchDriver.Total(done, skipped, List.of(), List.of(), List.of(), ranges.size());
  }
}
