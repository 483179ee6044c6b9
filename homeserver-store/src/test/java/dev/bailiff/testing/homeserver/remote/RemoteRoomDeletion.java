package dev.bailiff.testing.homeserver.remote;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Fact;
import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.batch.ListEntry;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.RangePage;
import dev.bailiff.homeserver.batch.RoomPurge;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.batch.Verdict;
import dev.bailiff.homeserver.roomdeletion.AliasMove;
import dev.bailiff.homeserver.roomdeletion.MemberRemoval;
import dev.bailiff.homeserver.roomdeletion.RoomClosing;
import dev.bailiff.homeserver.roomdeletion.RoomDeletionPort;
import dev.bailiff.homeserver.roomdeletion.RoomPreparation;
import dev.bailiff.testing.homeserver.remote.RemoteServer.RemoteTask;
import dev.bailiff.testing.homeserver.remote.RemoteServer.Room;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rooms of the remote server. A room is one range. */
record RemoteRoomDeletion(RemoteServer server, RemoteCalls calls) implements RoomDeletionPort {
  @Override
  public BatchOutcome prepareRooms(RoomPreparation preparation, BatchCommit commit) {
    return calls.list(commit, "prepare", preparation.rooms(), room -> prepare(room, preparation));
  }

  private BatchOutcome prepare(Target room, RoomPreparation preparation) {
    boolean known = server.rooms.containsKey(room.id());
    if (!known && preparation.requireKnown()) {
      return RemoteCalls.failed(room, 404, "M_NOT_FOUND", "Unknown room");
    }
    if (preparation.requireEmpty() && server.hasJoined(room.id())) {
      return RemoteCalls.failed(room, 400, "M_UNKNOWN", "Users are still joined");
    }
    boolean changed = preparation.block() && server.blocked.add(room.id());
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact(room.number(), "known", Boolean.toString(known)));
    if (known && preparation.newRoomUser() != null) {
      String newRoom = "!new-" + preparation.job() + "-" + room.id().substring(1);
      facts.add(new Fact(room.number(), "new_room_id", newRoom));
      if (!server.rooms.containsKey(newRoom)) {
        server.rooms.put(newRoom, new Room());
        server.setMembership(newRoom, preparation.newRoomUser(), "join");
        changed = true;
      }
    }
    return RemoteCalls.settled(changed, facts);
  }

  @Override
  public RangePage memberRanges(Target room, @Nullable Cursor after, int size) {
    return calls.read(
        () -> {
          int items = server.present(room.id()).size();
          return new RangePage(items == 0 ? List.of() : List.of(new Range(room.id(), items)), null);
        });
  }

  @Override
  public BatchOutcome removeMembers(MemberRemoval removal, BatchCommit commit) {
    return calls.operation(
        commit,
        "remove " + removal.room().id(),
        removal.after(),
        () -> {
          String room = removal.room().id();
          List<ListEntry> items = new ArrayList<>();
          List<Failure> failures = new ArrayList<>();
          List<String> present = server.present(room);
          List<String> page = present.subList(0, Math.min(present.size(), removal.size()));
          for (String user : page) {
            boolean joined = "join".equals(server.rooms.get(room).members.get(user));
            server.setMembership(room, user, "leave");
            boolean refused = server.users.get(user).suspended && removal.newRoom() != null;
            if (joined && removal.newRoom() != null && !refused) {
              server.setMembership(removal.newRoom(), user, "join");
            }
            if (refused) {
              failures.add(
                  new Failure(
                      user, removal.room().number(), false, 403, "M_USER_SUSPENDED", "suspended"));
            }
            items.add(
                new ListEntry(
                    removal.room().number(),
                    refused ? "failed_to_kick_users" : "kicked_users",
                    user));
          }
          Cursor next = page.size() < present.size() ? new Cursor("more") : null;
          return new BatchOutcome(
              page.size() - failures.size(), 0, failures, items, List.of(), next, null);
        });
  }

  @Override
  public BatchOutcome moveAliases(AliasMove move, BatchCommit commit) {
    return calls.operation(
        commit,
        "move " + move.room().id(),
        null,
        () -> {
          Room room = server.rooms.get(move.room().id());
          Room newRoom = server.rooms.get(move.newRoom());
          if (room == null || newRoom == null) {
            return BatchOutcome.of(0, 0, null);
          }
          List<ListEntry> items =
              room.aliases.stream()
                  .map(alias -> new ListEntry(move.room().number(), "local_aliases", alias))
                  .toList();
          newRoom.aliases.addAll(room.aliases);
          room.aliases.clear();
          return new BatchOutcome(items.size(), 0, List.of(), items, List.of(), null, null);
        });
  }

  @Override
  public List<Target> roomsWithLocalMembers(List<Target> rooms) {
    return calls.read(() -> rooms.stream().filter(room -> server.hasJoined(room.id())).toList());
  }

  @Override
  public RangePage purgeRanges(Target room, @Nullable Cursor after, int size) {
    return calls.read(
        () -> {
          Room known = server.rooms.get(room.id());
          return known == null || known.events.isEmpty()
              ? new RangePage(List.of(), null)
              : new RangePage(List.of(new Range(room.id(), known.events.size())), null);
        });
  }

  @Override
  public BatchOutcome purgeEvents(RoomPurge purge, BatchCommit commit) {
    return calls.operation(
        commit,
        "purge " + purge.room().id(),
        purge.after(),
        () -> calls.outcome(purge(purge.room().id()), new Cursor("running"), null));
  }

  @Override
  public BatchOutcome finishPurge(RoomClosing closing, BatchCommit commit) {
    Target room = closing.room();
    return calls.operation(
        commit,
        "finish " + room.id(),
        closing.after(),
        () -> {
          if (!closing.force() && server.hasJoined(room.id())) {
            Failure failure = RemoteCalls.failure(room, 400, "M_UNKNOWN", "Users are still joined");
            return new BatchOutcome(0, 0, List.of(failure), List.of(), List.of(), null, null);
          }
          server.rooms.remove(room.id());
          return BatchOutcome.of(0, 0, null);
        });
  }

  @Override
  public List<Verdict> verifyBlocked(List<Target> rooms) {
    return calls.read(
        () ->
            calls.first(rooms).stream()
                .map(
                    room ->
                        new Verdict(
                            room.number(),
                            server.blocked.contains(room.id())
                                ? List.of()
                                : List.of("not blocked")))
                .toList());
  }

  @Override
  public List<Verdict> verifyRooms(List<Target> rooms, boolean purged) {
    return calls.read(
        () ->
            rooms.stream()
                .map(
                    room -> {
                      int present = server.present(room.id()).size();
                      boolean left = purged ? server.rooms.containsKey(room.id()) : present > 0;
                      String words = purged ? "1 room" : present + " local members";
                      return new Verdict(room.number(), left ? List.of(words) : List.of());
                    })
                .toList());
  }

  /** Deletes the events of a room, once per task id. */
  private RemoteTask purge(String roomId) {
    return server.tasks.computeIfAbsent(
        "purge " + roomId,
        id -> {
          Room room = server.rooms.get(roomId);
          int count = room == null ? 0 : room.events.size();
          if (room != null) {
            room.events.clear();
          }
          return new RemoteTask(count, 0, calls.polls());
        });
  }
}
