package dev.bailiff.testing.homeserver.remote;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.RangePage;
import dev.bailiff.homeserver.batch.ShownFiles;
import dev.bailiff.homeserver.media.MediaUri;
import dev.bailiff.homeserver.redaction.EventsLeft;
import dev.bailiff.homeserver.redaction.Redaction;
import dev.bailiff.homeserver.redaction.RedactionPort;
import dev.bailiff.homeserver.redaction.RedactionScope;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.homeserver.remote.RemoteServer.Event;
import dev.bailiff.testing.homeserver.remote.RemoteServer.RemoteTask;
import dev.bailiff.testing.homeserver.remote.RemoteServer.Room;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Events of users on the remote server. The events of a user in a room are one range. */
final class RemoteRedaction implements RedactionPort {
  private final RemoteServer server;
  private final RemoteCalls calls;
  private final Map<String, RedactionScope> scopes = new HashMap<>();

  RemoteRedaction(RemoteServer server, RemoteCalls calls) {
    this.server = server;
    this.calls = calls;
  }

  /** Each user shows all own files in some event. */
  @Override
  public ShownFiles shownFiles(RedactionScope scope, @Nullable Cursor after, int size) {
    return calls.read(
        () ->
            new ShownFiles(
                server.media.entrySet().stream()
                    .filter(medium -> medium.getValue().user().equals(scope.user().id()))
                    .map(medium -> new MediaUri(Community.SERVER, medium.getKey()).text())
                    .toList(),
                null));
  }

  @Override
  public List<String> redactableRooms(String user, @Nullable String after, int limit) {
    return calls.read(
        () ->
            server.roomsOf(user, Set.of("join", "ban")).stream()
                .filter(room -> after == null || room.compareTo(after) > 0)
                .limit(limit)
                .toList());
  }

  @Override
  public List<String> writtenRooms(String user, @Nullable String after, int limit) {
    return calls.read(
        () ->
            server.rooms.entrySet().stream()
                .filter(
                    room ->
                        room.getValue().events.stream()
                            .anyMatch(event -> event.sender().equals(user)))
                .map(Map.Entry::getKey)
                .filter(room -> after == null || room.compareTo(after) > 0)
                .limit(limit)
                .toList());
  }

  @Override
  public int targetOf(Range range) {
    return scopes.get(range.value()).user().number();
  }

  @Override
  public RangePage redactionRanges(RedactionScope scope, @Nullable Cursor after, int size) {
    return calls.read(
        () -> {
          List<Range> ranges = new ArrayList<>();
          for (String room : scope.rooms()) {
            int items = candidates(scope, room).size();
            if (items > 0) {
              String token = scope.user().id() + " " + room + " " + scopes.size();
              scopes.put(token, scope);
              ranges.add(new Range(token, items));
            }
          }
          return new RangePage(ranges, null);
        });
  }

  @Override
  public BatchOutcome redact(Redaction redaction, BatchCommit commit) {
    int index = redaction.after() == null ? 0 : Integer.parseInt(redaction.after().value());
    Range range = redaction.ranges().get(index);
    return calls.operation(
        commit,
        "redact " + range.value(),
        redaction.after(),
        () -> {
          RedactionScope scope = scopes.get(range.value());
          String room = range.value().split(" ")[1];
          RemoteTask task =
              redact(
                  redaction.job() + " " + scope.user().id() + " " + room, candidates(scope, room));
          boolean last = index + 1 == redaction.ranges().size();
          return calls.outcome(
              task,
              new Cursor(Integer.toString(index)),
              last ? null : new Cursor(Integer.toString(index + 1)));
        });
  }

  @Override
  public EventsLeft eventsLeft(RedactionScope scope, @Nullable Cursor after) {
    return calls.read(
        () -> {
          int from = after == null ? 0 : Integer.parseInt(after.value());
          List<String> rooms = calls.first(scope.rooms().subList(from, scope.rooms().size()));
          long left =
              rooms.stream()
                  .flatMap(room -> candidates(scope, room).stream())
                  .filter(event -> !event.leave() && !server.redacted.contains(event.id()))
                  .count();
          int to = from + rooms.size();
          return new EventsLeft(
              left, to < scope.rooms().size() ? new Cursor(Integer.toString(to)) : null);
        });
  }

  /** Candidates, newest first, up to the limit. */
  private List<Event> candidates(RedactionScope scope, String roomId) {
    Room room = server.rooms.get(roomId);
    if (room == null) {
      return List.of();
    }
    List<Event> newestFirst = new ArrayList<>(room.events);
    Collections.reverse(newestFirst);
    return newestFirst.stream()
        .filter(event -> event.sender().equals(scope.user().id()))
        .filter(event -> scope.conditions().types().contains(event.type()))
        .filter(event -> scope.conditions().allowTime(event.at()))
        .filter(event -> scope.conditions().allowBody(event.body()))
        .limit(scope.limit() == null ? Long.MAX_VALUE : scope.limit())
        .toList();
  }

  /** Redacts, once per task id. */
  private RemoteTask redact(String taskId, List<Event> candidates) {
    return server.tasks.computeIfAbsent(
        taskId,
        id -> {
          long done =
              candidates.stream()
                  .filter(event -> !event.leave() && server.redacted.add(event.id()))
                  .count();
          return new RemoteTask(done, candidates.size() - done, calls.polls());
        });
  }
}
