package dev.bailiff.homeserver.store.roomdeletion;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
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
import dev.bailiff.homeserver.store.batch.BatchTransactions;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Deletion of rooms of the own store. */
public final class PostgresRoomDeletion implements RoomDeletionPort {
  private final BatchTransactions transactions;
  private final Supplier<String> serverName;

  public PostgresRoomDeletion(BatchTransactions transactions, Supplier<String> serverName) {
    this.transactions = transactions;
    this.serverName = serverName;
  }

  @Override
  public ShownFiles shownFiles(Target room, @Nullable Cursor after, int size) {
    String server = serverName.get();
    return transactions.read(handle -> RoomFiles.page(handle, server, room.id(), after, size));
  }

  @Override
  public BatchOutcome prepareRooms(RoomPreparation preparation, BatchCommit commit) {
    String server = serverName.get();
    return transactions.run(
        commit, handle -> new RoomPreparations(handle, server, preparation).run());
  }

  @Override
  public RangePage memberRanges(Target room, @Nullable Cursor after, int size) {
    String server = serverName.get();
    return transactions.read(handle -> RoomReads.memberRanges(handle, server, room, after, size));
  }

  @Override
  public BatchOutcome removeMembers(MemberRemoval removal, BatchCommit commit) {
    String server = serverName.get();
    return transactions.run(commit, handle -> new MemberRemovals(handle, server, removal).run());
  }

  @Override
  public BatchOutcome moveAliases(AliasMove move, BatchCommit commit) {
    String server = serverName.get();
    return transactions.run(commit, handle -> AliasMoves.move(handle, server, move));
  }

  @Override
  public List<Target> roomsWithLocalMembers(List<Target> rooms) {
    String server = serverName.get();
    return transactions.read(handle -> RoomReads.withLocalMembers(handle, server, rooms));
  }

  @Override
  public RangePage purgeRanges(Target room, @Nullable Cursor after, int size) {
    return transactions.read(handle -> RoomPurges.ranges(handle, room, after, size));
  }

  @Override
  public BatchOutcome purgeEvents(RoomPurge purge, BatchCommit commit) {
    return transactions.run(commit, handle -> RoomPurges.events(handle, purge));
  }

  @Override
  public BatchOutcome finishPurge(RoomClosing closing, BatchCommit commit) {
    String server = serverName.get();
    return transactions.run(
        commit,
        handle ->
            RoomPurges.finish(
                handle, server, closing.room(), closing.force(), closing.after(), closing.size()));
  }

  @Override
  public List<Verdict> verifyRooms(List<Target> rooms, boolean purged) {
    String server = serverName.get();
    return transactions.read(
        handle ->
            rooms.stream().map(room -> RoomReads.verify(handle, server, room, purged)).toList());
  }

  @Override
  public List<Verdict> verifyBlocked(List<Target> rooms) {
    Set<String> open = Set.copyOf(transactions.read(handle -> RoomReads.unblocked(handle, rooms)));
    return rooms.stream()
        .map(
            room ->
                new Verdict(
                    room.number(), open.contains(room.id()) ? List.of("not blocked") : List.of()))
        .toList();
  }
}
