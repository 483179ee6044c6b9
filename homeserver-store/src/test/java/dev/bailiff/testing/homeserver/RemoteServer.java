package dev.bailiff.testing.homeserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bailiff.homeserver.media.MediaScope;
import dev.bailiff.homeserver.media.MediaSweep;
import dev.bailiff.homeserver.redaction.RedactionScope;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
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
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** The other side of {@link RemoteHomeserverFake}: a homeserver in memory, and its tasks. */
final class RemoteServer {
  private static final Set<String> REDACTED_TYPES =
      Set.of("m.room.message", "m.room.encrypted", "m.room.member");

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
      boolean detached) {

    boolean local() {
      return sender.endsWith(":" + Community.SERVER);
    }

    Event detach() {
      return new Event(id, sender, type, at, leave, depth, state, true);
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

  static RemoteServer ofCommunity() {
    RemoteServer server = new RemoteServer();
    ObjectMapper json = new ObjectMapper();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    Files.newInputStream(Community.folder().resolve("records.ndjson.gz"))),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        server.load(json.readTree(line));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return server;
  }

  private void load(JsonNode json) {
    switch (json.get("record").textValue()) {
      case "user" -> {
        User user = new User();
        user.active = !json.get("deactivated").booleanValue();
        user.erased = json.get("erased").booleanValue();
        user.suspended = json.get("suspended").booleanValue();
        users.put(json.get("user_id").textValue(), user);
        addAvatar(json.path("avatar_url"));
      }
      case "room" -> room(json);
      case "room_alias" -> room(json).aliases.add(json.get("alias").textValue());
      case "membership" ->
          room(json)
              .members
              .put(json.get("user_id").textValue(), json.get("membership").textValue());
      case "local_media" ->
          media.put(
              json.get("media_id").textValue(),
              new Medium(
                  json.get("user_id").textValue(),
                  json.path("media_length").longValue(),
                  json.path("last_access_at").asLong(json.get("created_at").longValue()),
                  json.hasNonNull("quarantined_by")
                      || json.get("safe_from_quarantine").asBoolean()));
      case "redaction" -> redacted.add(json.get("redacts").textValue());
      case "event" -> {
        JsonNode event = json.get("event");
        addAvatar(event.path("content").path("avatar_url"));
        if (event.get("type").textValue().equals("m.room.avatar")) {
          addAvatar(event.path("content").path("url"));
        }
        String membership = event.path("content").path("membership").asText("join");
        room(event)
            .events
            .add(
                new Event(
                    event.get("event_id").textValue(),
                    event.get("sender").textValue(),
                    event.get("type").textValue(),
                    event.get("origin_server_ts").longValue(),
                    !membership.equals("join"),
                    json.get("depth").longValue(),
                    event.has("state_key"),
                    json.path("outlier").asBoolean()));
      }
      default -> {
        // events without meaning for jobs
      }
    }
  }

  private void addAvatar(JsonNode uri) {
    String prefix = "mxc://" + Community.SERVER + "/";
    if (uri.asText().startsWith(prefix)) {
      avatars.add(uri.asText().substring(prefix.length()));
    }
  }

  /** Media of a scope, in the order of their ids. */
  List<String> media(MediaScope scope) {
    return media.entrySet().stream()
        .filter(entry -> isIn(scope, entry.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  static boolean isIn(MediaScope scope, Medium medium) {
    MediaSweep sweep = scope.sweep();
    return sweep == null
        ? medium.user.equals(scope.user())
        : !medium.spared
            && medium.length > sweep.largerThan()
            && medium.lastUsed < sweep.beforeAt();
  }

  private Room room(JsonNode json) {
    return rooms.computeIfAbsent(json.get("room_id").textValue(), id -> new Room());
  }

  /** Candidates, newest first, up to the limit. */
  List<Event> candidates(RedactionScope scope, String roomId) {
    Room room = rooms.get(roomId);
    if (room == null) {
      return List.of();
    }
    List<Event> newestFirst = new ArrayList<>(room.events);
    Collections.reverse(newestFirst);
    return newestFirst.stream()
        .filter(event -> event.sender.equals(scope.user().id()))
        .filter(event -> REDACTED_TYPES.contains(event.type))
        .filter(event -> scope.afterAt() == null || event.at >= scope.afterAt())
        .filter(event -> scope.beforeAt() == null || event.at <= scope.beforeAt())
        .limit(scope.limit() == null ? Long.MAX_VALUE : scope.limit())
        .toList();
  }

  /** Redacts, once per task id. */
  RemoteTask redact(String taskId, List<Event> candidates, int polls) {
    return tasks.computeIfAbsent(
        taskId,
        id -> {
          long done =
              candidates.stream().filter(event -> !event.leave && redacted.add(event.id)).count();
          return new RemoteTask(done, candidates.size() - done, polls);
        });
  }

  /** Deletes the events of a room, once per task id. */
  RemoteTask purge(String taskId, String roomId, int polls) {
    return tasks.computeIfAbsent(
        taskId,
        id -> {
          Room room = rooms.get(roomId);
          int count = room == null ? 0 : room.events.size();
          if (room != null) {
            room.events.clear();
          }
          return new RemoteTask(count, 0, polls);
        });
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
