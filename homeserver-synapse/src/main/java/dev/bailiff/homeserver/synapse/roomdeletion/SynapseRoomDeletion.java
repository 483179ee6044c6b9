package dev.bailiff.homeserver.synapse.roomdeletion;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.RangePage;
import dev.bailiff.homeserver.batch.RoomPurge;
import dev.bailiff.homeserver.batch.ShownFiles;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.batch.Verdict;
import dev.bailiff.homeserver.roomdeletion.AliasMove;
import dev.bailiff.homeserver.roomdeletion.MemberRemoval;
import dev.bailiff.homeserver.roomdeletion.RoomClosing;
import dev.bailiff.homeserver.roomdeletion.RoomDeletionPort;
import dev.bailiff.homeserver.roomdeletion.RoomPreparation;
import dev.bailiff.homeserver.synapse.api.RoomCalls;
import dev.bailiff.homeserver.synapse.api.TaskCalls;
import dev.bailiff.homeserver.synapse.api.UserCalls;
import dev.bailiff.homeserver.synapse.batch.ItemCalls;
import dev.bailiff.homeserver.synapse.batch.ListBatches;
import dev.bailiff.homeserver.synapse.media.MediaUses;
import dev.bailiff.homeserver.synapse.purge.SqlPurge;
import dev.bailiff.homeserver.synapse.task.RemoteTask;
import dev.bailiff.text.CountedNoun;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Deletes rooms by tasks of Synapse: one shuts the room down, the other purges it. The first is a
 * checkpoint of the second. Where nothing can come between them, one task does both; with direct
 * SQL, the timeline of a large room may be deleted there.
 */
public final class SynapseRoomDeletion implements RoomDeletionPort {
  private static final int PARALLEL = 4;
  private static final int VERDICTS_AT_A_TIME = 200;

  private final RoomCalls rooms;
  private final ItemCalls calls;
  private final Preparations preparations;
  private final Shutdowns shutdowns;
  private final Purges purges;
  private final @Nullable LargePurges large;
  private final @Nullable MediaUses uses;

  /**
   * @param mostTasks number of heavy tasks in Synapse above which none is started
   * @param sql purges of large rooms by direct SQL; null if Synapse purges every room alone
   * @param uses tells what shows a file; null if Synapse's database may not be asked
   */
  public SynapseRoomDeletion(
      UserCalls users,
      RoomCalls rooms,
      TaskCalls tasks,
      ItemCalls calls,
      int mostTasks,
      @Nullable SqlPurge sql,
      @Nullable MediaUses uses) {
    var task = new RemoteTask(tasks, mostTasks);
    this.rooms = rooms;
    this.calls = calls;
    this.uses = uses;
    this.large = sql == null ? null : new LargePurges(rooms, sql);
    this.preparations = new Preparations(users, rooms, sql != null);
    this.shutdowns = new Shutdowns(rooms, task, large == null);
    this.purges = new Purges(rooms, task, large);
  }

  @Override
  public ShownFiles shownFiles(Target room, @Nullable Cursor after, int size) {
    return uses == null
        ? RoomDeletionPort.super.shownFiles(room, after, size)
        : uses.shownIn(room.id(), after, size);
  }

  @Override
  public BatchOutcome prepareRooms(RoomPreparation preparation, BatchCommit commit) {
    return ListBatches.targets(
        calls,
        "prepare",
        preparation.rooms(),
        PARALLEL,
        commit,
        (room, paced) -> preparations.prepare(room, preparation, paced));
  }

  /** One range a room; invited members are not counted. */
  @Override
  public RangePage memberRanges(Target room, @Nullable Cursor after, int size) {
    return rooms
        .room(room.id())
        .map(found -> new Range(room.id(), Math.max(1, found.joinedLocalMembers())))
        .map(range -> new RangePage(List.of(range), null))
        .orElseGet(() -> new RangePage(List.of(), null));
  }

  @Override
  public BatchOutcome removeMembers(MemberRemoval removal, BatchCommit commit) {
    return shutdowns.shutDown(removal, commit);
  }

  /** The shutdown has moved the aliases. */
  @Override
  public BatchOutcome moveAliases(AliasMove move, BatchCommit commit) {
    return commit.record(BatchOutcome.of(0, 0, null));
  }

  @Override
  public List<Target> roomsWithLocalMembers(List<Target> targets) {
    return calls.filter(targets, PARALLEL, room -> hasLocalMembers(room.id()));
  }

  @Override
  public boolean purgesInRanges() {
    return large != null;
  }

  /** Synapse purges a room in one piece, so there are no ranges without direct SQL. */
  @Override
  public RangePage purgeRanges(Target room, @Nullable Cursor after, int size) {
    return large == null ? new RangePage(List.of(), null) : large.ranges(room, after, size);
  }

  /** A range that was planned with direct SQL is left to Synapse if that is off by now. */
  @Override
  public BatchOutcome purgeEvents(RoomPurge purge, BatchCommit commit) {
    return large == null ? commit.record(BatchOutcome.of(0, 0, null)) : large.purge(purge, commit);
  }

  @Override
  public BatchOutcome finishPurge(RoomClosing closing, BatchCommit commit) {
    return purges.purge(closing, commit);
  }

  @Override
  public List<Verdict> verifyRooms(List<Target> targets, boolean purged) {
    var page = targets.subList(0, Math.min(VERDICTS_AT_A_TIME, targets.size()));
    return calls.read(page, PARALLEL, room -> new Verdict(room.number(), left(room, purged)));
  }

  @Override
  public List<Verdict> verifyBlocked(List<Target> targets) {
    return calls.readFirst(
        targets,
        PARALLEL,
        room ->
            new Verdict(
                room.number(), rooms.isBlocked(room.id()) ? List.of() : List.of("not blocked")));
  }

  private List<String> left(Target room, boolean purged) {
    var found = rooms.room(room.id());
    if (found.isEmpty()) {
      return purged && large != null ? large.left(room) : List.of();
    }
    long members = found.get().joinedLocalMembers();
    if (members > 0) {
      return List.of(CountedNoun.of(members, "member"));
    }
    return purged ? List.of("1 room") : List.of();
  }

  private boolean hasLocalMembers(String room) {
    return rooms.room(room).filter(found -> found.joinedLocalMembers() > 0).isPresent();
  }
}
