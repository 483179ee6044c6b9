package dev.bailiff.homeserver.synapse.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.homeserver.synapse.http.Answer;
import dev.bailiff.homeserver.synapse.http.ApiPath;
import dev.bailiff.homeserver.synapse.http.ServiceAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls about one room. */
public record RoomCalls(ServiceAccount account) {

  /** A filter of {@link #messages} that lists events as they are stored, with their depth. */
  public static final String WITH_DEPTH = "{\"event_format\":\"federation\"}";

  /**
   * A room.
   *
   * @param joinedMembers of any server
   */
  public record Room(long joinedLocalMembers, long joinedMembers) {}

  /**
   * A page of a room's timeline, oldest first.
   *
   * @param end where the next page begins; null at the end of the room
   */
  public record Page(List<JsonNode> events, @Nullable String end) {}

  /** The details of a room (admin-api 5.6); empty for an unknown room. */
  public Optional<Room> room(String id) {
    var answer = account.get(ApiPath.of("/_synapse/admin/v1/rooms/{}", id));
    if (answer.isNotFound()) {
      return Optional.empty();
    }
    var room = answer.orThrow();
    return Optional.of(
        new Room(room.path("joined_local_members").asLong(), room.path("joined_members").asLong()));
  }

  /** Whether a room is blocked (admin-api 5.9). */
  public boolean isBlocked(String id) {
    return account
        .get(ApiPath.of("/_synapse/admin/v1/rooms/{}/block", id))
        .orThrow()
        .path("block")
        .asBoolean();
  }

  /** Blocks a room, known or not (admin-api 5.10). */
  public Answer block(String id) {
    return setBlocked(id, true);
  }

  /** Unblocks a room, known or not (admin-api 5.10). */
  public Answer unblock(String id) {
    return setBlocked(id, false);
  }

  private Answer setBlocked(String id, boolean blocked) {
    return account.send(
        "PUT",
        ApiPath.of("/_synapse/admin/v1/rooms/{}/block", id),
        ServiceAccount.parameters().put("block", blocked));
  }

  /** Starts a task that shuts a room down, purges it, or both (admin-api 5.2). */
  public Answer delete(String id, JsonNode parameters) {
    return account.send("DELETE", ApiPath.of("/_synapse/admin/v2/rooms/{}", id), parameters);
  }

  /**
   * A page of a room's events, oldest first (admin-api 5.8).
   *
   * @param from null for the start of the room
   * @param filter a JSON text; null for all events
   */
  public Page messages(String id, @Nullable String from, int limit, @Nullable String filter) {
    var path =
        ApiPath.of("/_synapse/admin/v1/rooms/{}/messages", id)
            .with("dir", "f")
            .with("limit", limit);
    if (from != null) {
      path = path.with("from", from);
    }
    if (filter != null) {
      path = path.with("filter", filter);
    }
    var body = account.get(path).orThrow();
    var events = new ArrayList<JsonNode>();
    body.path("chunk").forEach(events::add);
    var end = body.get("end");
    return new Page(events, events.isEmpty() || end == null || end.isNull() ? null : end.asText());
  }

  /** Starts a task that purges a room's history (admin-api 5.11). */
  public Answer purgeHistory(String id, JsonNode parameters) {
    return account.send("POST", ApiPath.of("/_synapse/admin/v1/purge_history/{}", id), parameters);
  }

  /** The depths of a room's newest events; empty for an unknown room. */
  public List<Long> newestDepths(String id) {
    var answer = account.get(ApiPath.of("/_synapse/admin/v1/rooms/{}/forward_extremities", id));
    if (answer.isNotFound()) {
      return List.of();
    }
    var depths = new ArrayList<Long>();
    answer.orThrow().path("results").forEach(event -> depths.add(event.path("depth").asLong()));
    return depths;
  }
}
