package dev.bailiff.testing.homeserver;

import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Fact;
import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.RangePage;
import dev.bailiff.homeserver.batch.RoomPurge;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.batch.Verdict;
import dev.bailiff.homeserver.history.HistoryPreparation;
import dev.bailiff.homeserver.history.HistoryScope;
import dev.bailiff.testing.homeserver.RemoteServer.Event;
import dev.bailiff.testing.homeserver.RemoteServer.RemoteTask;
import dev.bailiff.testing.homeserver.RemoteServer.Room;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The remote server's work on the history of its rooms. A cut-off is a depth, a room one range. */
record RemoteHistory(RemoteServer server) {

  /** Fixes the cut-offs of rooms; rooms without anything to purge are skipped. */
  BatchOutcome prepare(HistoryPreparation preparation) {
    List<Failure> failures = new ArrayList<>();
    List<Fact> facts = new ArrayList<>();
    long done = 0;
    for (Target target : preparation.rooms()) {
      Room room = server.rooms.get(target.id());
      facts.add(new Fact(target.number(), "known", Boolean.toString(room != null)));
      Long depth = depth(target, room, preparation, failures);
      if (room == null || depth == null || room.events.stream().allMatch(room.from(depth))) {
        continue;
      }
      if (room.events.stream().noneMatch(room.from(depth))) {
        failures.add(failure(target, 400, "M_UNKNOWN", "One event must remain"));
      } else {
        facts.add(new Fact(target.number(), "cut_off", Long.toString(depth)));
        done++;
      }
    }
    long skipped = preparation.rooms().size() - done - failures.size();
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
              ? failure(target, 404, "M_NOT_FOUND", "Could not find event")
              : failure(target, 400, "M_UNKNOWN", "Event is for wrong room"));
      return null;
    }
    Long at = preparation.upToAt();
    if (room == null || at == null) {
      failures.add(failure(target, 404, "M_NOT_FOUND", "Unknown room"));
      return null;
    }
    return room.depthBefore(at);
  }

  RangePage ranges(HistoryScope scope) {
    int items = old(scope.room().id(), depth(scope), scope.localEvents()).size();
    Range range = new Range(scope.cutOff() + " " + scope.localEvents(), items);
    return new RangePage(items == 0 ? List.of() : List.of(range), null);
  }

  /** Deletes and detaches a range, once. */
  RemoteTask purge(RoomPurge purge, int polls) {
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
          return new RemoteTask(old.size(), 0, polls);
        });
  }

  Verdict verify(HistoryScope scope) {
    int left = old(scope.room().id(), depth(scope), scope.localEvents()).size();
    return new Verdict(scope.room().number(), left == 0 ? List.of() : List.of(left + " events"));
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

  private static Failure failure(Target target, int status, String code, String text) {
    return new Failure(target.id(), target.number(), true, status, code, text);
  }
}
