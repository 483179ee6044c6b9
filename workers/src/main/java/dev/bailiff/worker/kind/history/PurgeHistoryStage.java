package dev.bailiff.worker.kind.history;

import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.RangePage;
import dev.bailiff.homeserver.batch.RoomPurge;
import dev.bailiff.job.store.JobTargets.OpenTarget;
import dev.bailiff.worker.kind.RoomRange;
import dev.bailiff.worker.kind.RoomStage;
import dev.bailiff.worker.kind.StageCommit;
import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageServices;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Deletes and detaches the events, range by range. Ranges share no event, and the cursor stands
 * behind the events that are done. So a batch that comes twice finds nothing.
 */
final class PurgeHistoryStage extends RoomStage {
  private static final int EVENTS = 100_000;

  PurgeHistoryStage(StageServices services) {
    super("purge", services);
  }

  @Override
  public Batches batches() {
    return new Batches(5000, 50_000);
  }

  @Override
  protected RangePage ranges(StageContext context, OpenTarget room, @Nullable Cursor after) {
    return HistoryScopes.of(context, room)
        .map(scope -> services().homeserver().history().historyRanges(scope, after, EVENTS))
        .orElseGet(() -> new RangePage(List.of(), null));
  }

  @Override
  public BatchOutcome work(
      StageContext context, String range, @Nullable Cursor after, int size, StageCommit commit) {
    var room = RoomRange.unpack(range);
    return services()
        .homeserver()
        .history()
        .purgeHistory(new RoomPurge(room.asTarget(), room.asRange(), after, size), commit);
  }
}
