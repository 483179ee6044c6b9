package dev.bailiff.homeserver.synapse.history;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.RangePage;
import dev.bailiff.homeserver.batch.RoomPurge;
import dev.bailiff.homeserver.batch.Verdict;
import dev.bailiff.homeserver.history.HistoryPort;
import dev.bailiff.homeserver.history.HistoryPreparation;
import dev.bailiff.homeserver.history.HistoryScope;
import dev.bailiff.homeserver.synapse.api.EventCalls;
import dev.bailiff.homeserver.synapse.api.RoomCalls;
import dev.bailiff.homeserver.synapse.api.TaskCalls;
import dev.bailiff.homeserver.synapse.batch.CursorJson;
import dev.bailiff.homeserver.synapse.batch.ItemCalls;
import dev.bailiff.homeserver.synapse.batch.ListBatches;
import dev.bailiff.homeserver.synapse.task.RemoteTask;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Purges history by tasks of Synapse. One such task is one transaction that nobody can stop, so a
 * purge goes in slices, each up to a later time.
 */
public final class SynapseHistory implements HistoryPort {
  private static final int PARALLEL = 4;

  private final RoomCalls rooms;
  private final ItemCalls calls;
  private final CutOffs cutOffs;
  private final Slices slices;

  /**
   * @param mostTasks number of heavy tasks in Synapse above which none is started
   */
  public SynapseHistory(
      RoomCalls rooms, EventCalls events, TaskCalls tasks, ItemCalls calls, int mostTasks) {
    this.rooms = rooms;
    this.calls = calls;
    this.cutOffs = new CutOffs(rooms, events);
    this.slices = new Slices(rooms, new RemoteTask(tasks, mostTasks));
  }

  @Override
  public BatchOutcome prepareHistory(HistoryPreparation preparation, BatchCommit commit) {
    return ListBatches.targets(
        calls,
        "find the end of the purge",
        preparation.rooms(),
        PARALLEL,
        commit,
        (room, paced) -> cutOffs.fix(room, preparation));
  }

  /** One range and one item a room. */
  @Override
  public RangePage historyRanges(HistoryScope scope, @Nullable Cursor after, int size) {
    var cutOff = CursorJson.read(scope.cutOff(), CutOff.class);
    return new RangePage(
        List.of(new Range(CursorJson.text(new SliceRange(cutOff, scope.localEvents())), 1)), null);
  }

  @Override
  public BatchOutcome purgeHistory(RoomPurge purge, BatchCommit commit) {
    return slices.purge(purge, commit);
  }

  @Override
  public Verdict verifyHistory(HistoryScope scope) {
    var cutOff = CursorJson.read(scope.cutOff(), CutOff.class);
    var first = rooms.messages(scope.room().id(), null, 2, RoomCalls.WITH_DEPTH).events();
    return new Verdict(
        scope.room().number(),
        cutOff.leaves(first) ? List.of() : List.of("events from before the end of the purge"));
  }
}
