package dev.bailiff.testing.homeserver.remote;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Fact;
import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.RangePage;
import dev.bailiff.homeserver.batch.RoomPurge;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.batch.Verdict;
import dev.bailiff.homeserver.history.HistoryPort;
import dev.bailiff.homeserver.history.HistoryPreparation;
import dev.bailiff.homeserver.history.HistoryScope;
import dev.bailiff.testing.homeserver.remote.RemoteServer.Event;
import dev.bailiff.testing.homeserver.remote.RemoteServer.RemoteTask;
import dev.bailiff.testing.homeserver.remote.RemoteServer.Room;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** History of rooms of the remote server. A cut-off is a depth, a room is one range. */
record RemoteHistory(RemoteServer server, RemoteCalls calls) implements HistoryPort {

  @Override
  public BatchOutcome prepareHistory(HistoryPreparation preparation, BatchCommit commit) {
    return calls.list(commit, "history", preparation.rooms(), room -> prepare(room, preparation));
  }

  /** Fixes the cut-off of a room. A room without anything to purge is skipped. */
  private BatchOutcome prepare(Target target, HistoryPreparation preparation) {
    Room room = server.rooms.get(target.id());
    List<Failure> failures = new ArrayList<>();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact(target.number(), "known", Boolean.toString(room != null)));
    Long depth = depth(target, room, preparation, failures);
    long done = 0;
    if (room != null && depth != null && !room.events.stream().allMatch(room.from(depth))) {
      if (room.events.stream().noneMatch(room.from(depth))) {
        failures.add(RemoteCalls.failure(target, 400, "M_UNKNOWN", "One event must remain"));
      } else {
        facts.add(new Fact(target.number(), "cut_off", Long.toString(depth)));
        done = 1;
      }
    }
    long skipped = 1 - done - failures.size();
    return new BatchOutcome(done, skipped, failures, List.of(), facts, null, null);
  }

  private @Nullable Long depth(
      Target target, @Nullable Room room, HistoryPreparation preparation, List<Failure> failures) {
    if (preparation.upToDepth() != null) {
      return preparation.upToDepth();
    }
    String event = preparation.upToEvent();
    if (event != null) {
      Optional<Room> home =
          server.rooms.values().stream().filter(each -> each.event(event).isPresent()).findFirst();
      if (home.isPresent() && home.get() == room) {
        return home.get().event(event).orElseThrow().depth();
      }
      failures.add(
          home.isEmpty()
              ? RemoteCalls.failure(target, 404, "M_NOT_FOUND", "Could not find event")
              : RemoteCalls.failure(target, 400, "M_UNKNOWN", "Event is for wrong room"));
      return null;
    }
    Long at = preparation.upToAt();
    if (room == null || at == null) {
      failures.add(RemoteCalls.failure(target, 404, "M_NOT_FOUND", "Unknown room"));
      return null;
    }
    return room.depthBefore(at);
  }

  @Override
  public RangePage historyRanges(HistoryScope scope, @Nullable Cursor after, int size) {
    return calls.read(
        () -> {
          int items = old(scope.room().id(), depth(scope), scope.localEvents()).size();
          Range range = new Range(scope.cutOff() + " " + scope.localEvents(), items);
          return new RangePage(items == 0 ? List.of() : List.of(range), null);
        });
  }

  @Override
  public BatchOutcome purgeHistory(RoomPurge purge, BatchCommit commit) {
    return calls.operation(
        commit,
        "purge-history " + purge.room().id(),
        purge.after(),
        () -> calls.outcome(purge(purge), new Cursor("running"), null));
  }

  /** Deletes and detaches a range, once. */
  private RemoteTask purge(RoomPurge purge) {
    String[] range = purge.range().value().split(" ");
    boolean localEvents = Boolean.parseBoolean(range[1]);
    return server.tasks.computeIfAbsent(
        "history " + purge.room().id() + " " + purge.range().value(),
        id -> {
          List<Event> old = old(purge.room().id(), Long.parseLong(range[0]), localEvents);
          if (!old.isEmpty()) {
            List<Event> events = server.rooms.get(purge.room().id()).events;
            events.removeAll(old);
            old.stream()
                .filter(event -> !isDeleted(event, localEvents))
                .forEach(event -> events.add(event.detach()));
          }
          return new RemoteTask(old.size(), 0, calls.polls());
        });
  }

  @Override
  public Verdict verifyHistory(HistoryScope scope) {
    return calls.read(
        () -> {
          int left = old(scope.room().id(), depth(scope), scope.localEvents()).size();
          return new Verdict(
              scope.room().number(), left == 0 ? List.of() : List.of(left + " events"));
        });
  }

  private List<Event> old(String roomId, long depth, boolean localEvents) {
    Room room = server.rooms.get(roomId);
    return room == null
        ? List.of()
        : room.events.stream()
            .filter(event -> event.depth() < depth)
            .filter(event -> !event.detached() || isDeleted(event, localEvents))
            .toList();
  }

  private static boolean isDeleted(Event event, boolean localEvents) {
    return !event.state() && (localEvents || !event.local());
  }

  private static long depth(HistoryScope scope) {
    return Long.parseLong(scope.cutOff());
  }
}
