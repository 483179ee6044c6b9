package dev.bailiff.testing.homeserver.remote;

import dev.bailiff.testing.homeserver.Community;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The other side of {@link RemoteHomeserverFake}: a homeserver in memory, and its tasks. */
final class RemoteServer {
  final Map<String, User> users = new TreeMap<>();
  final Map<String, Room> rooms = new TreeMap<>();
  final Set<String> blocked = new HashSet<>();
  final Set<String> redacted = new HashSet<>();
  final Map<String, RemoteTask> tasks = new HashMap<>();
  final Map<String, Medium> media = new TreeMap<>();
  final Set<String> avatars = new TreeSet<>();

  static final class User {
    boolean active;
    boolean erased;
    boolean suspended;
    boolean sessions = true;
  }

  static final class Room {
    final List<Event> events = new ArrayList<>();
    final Map<String, String> members = new TreeMap<>();
    final Set<String> aliases = new HashSet<>();

    Optional<Event> event(String id) {
      return events.stream().filter(event -> event.id.equals(id)).findFirst();
    }

    /** Depth of the last event that was sent before a time; null if there is no such event. */
    @Nullable Long depthBefore(long at) {
      return events.stream()
          .filter(event -> event.at < at && !event.detached)
          .max(Comparator.comparingLong(Event::at))
          .map(Event::depth)
          .orElse(null);
    }

    /** Whether an event has this depth or a greater one. */
    Predicate<Event> from(long depth) {
      return event -> event.depth >= depth;
    }
  }

  record Medium(String user, long length, long lastUsed, boolean spared) {}

  record Event(
      String id,
      String sender,
      String type,
      long at,
      boolean leave,
      long depth,
      boolean state,
      boolean detached,
      String body) {

    boolean local() {
      return sender.endsWith(":" + Community.SERVER);
    }

    Event detach() {
      return new Event(id, sender, type, at, leave, depth, state, true, body);
    }
  }

  /**
   * A task that the server works on at its own pace; a second request with the same id returns the
   * same task.
   */
  static final class RemoteTask {
    final long done;
    final long skipped;
    int polls;
    boolean reported;

    RemoteTask(long done, long skipped, int polls) {
      this.done = done;
      this.skipped = skipped;
      this.polls = polls;
    }
  }

  void setMembership(String roomId, String userId, String membership) {
    Room room = rooms.get(roomId);
    if (room != null) {
      room.members.put(userId, membership);
    }
  }

  List<String> present(String roomId) {
    Room room = rooms.get(roomId);
    return room == null
        ? List.of()
        : room.members.entrySet().stream()
            .filter(entry -> entry.getKey().endsWith(":" + Community.SERVER))
            .filter(entry -> Set.of("join", "invite", "knock").contains(entry.getValue()))
            .map(Map.Entry::getKey)
            .toList();
  }

  boolean hasJoined(String roomId) {
    Room room = rooms.get(roomId);
    return room != null
        && present(roomId).stream().anyMatch(user -> "join".equals(room.members.get(user)));
  }

  /** Whether a user is or was in a room, or wrote an event. */
  boolean isAnywhere(String userId) {
    return rooms.values().stream()
        .anyMatch(
            room ->
                room.members.containsKey(userId)
                    || room.events.stream().anyMatch(event -> event.sender().equals(userId)));
  }

  List<String> roomsOf(String userId, Set<String> memberships) {
    return rooms.entrySet().stream()
        .filter(entry -> memberships.contains(entry.getValue().members.getOrDefault(userId, "")))
        .map(Map.Entry::getKey)
        .toList();
  }
}
