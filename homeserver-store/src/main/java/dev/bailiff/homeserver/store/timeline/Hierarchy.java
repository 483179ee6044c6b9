package dev.bailiff.homeserver.store.timeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.homeserver.store.event.EventJson;
import dev.bailiff.homeserver.store.room.RoomDetails;
import dev.bailiff.homeserver.store.room.Rooms;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/**
 * The rooms of a space and of the spaces in it, depth first, each once (admin-api 5.45). The
 * hierarchy leaves out rooms that our server is not in.
 *
 * <p><b>Concurrency:</b> thread-safe; a page is read by many short transactions.
 */
public final class Hierarchy {

  /** A room of a hierarchy, with the state events that name its children. */
  public record Node(RoomDetails room, List<ObjectNode> children) {}

  /**
   * Part of a hierarchy.
   *
   * @param more whether rooms are left that the walk has not reached
   */
  public record Part(List<Node> nodes, boolean more) {}

  private static final int MOST_CHILDREN = 10_000;
  private static final int LONGEST_ORDER = 50;
  private static final int FIRST_PRINTABLE = 0x20;
  private static final int LAST_PRINTABLE = 0x7e;

  private final Jdbi jdbi;
  private final Rooms rooms;

  public Hierarchy(Jdbi jdbi, Rooms rooms) {
    this.jdbi = jdbi;
    this.rooms = rooms;
  }

  /**
   * Walks the hierarchy from a room. Each part repeats the walk from the start, so that nothing is
   * kept between calls.
   *
   * @param server name of our server
   * @param maxDepth number of levels below the first room
   * @param skip number of rooms that earlier parts showed
   * @param limit maximum number of rooms
   */
  public Part walk(String root, String server, long maxDepth, long skip, int limit) {
    List<Node> nodes = new ArrayList<>();
    Set<String> met = new HashSet<>();
    Deque<Place> open = new ArrayDeque<>();
    open.push(new Place(root, 0));
    for (long shown = 0; !open.isEmpty() && nodes.size() < limit; ) {
      Place place = open.pop();
      if (!met.add(place.roomId) || !rooms.hasState(place.roomId)) {
        continue;
      }
      Optional<RoomDetails> room = rooms.find(place.roomId, server);
      if (room.isEmpty()) {
        continue;
      }
      boolean space = "m.space".equals(room.get().roomType());
      List<Child> children = space ? children(place.roomId) : List.of();
      if (place.depth < maxDepth) {
        for (int i = children.size() - 1; i >= 0; i--) {
          open.push(new Place(children.get(i).roomId, place.depth + 1));
        }
      }
      if (shown++ >= skip) {
        nodes.add(new Node(room.get(), children.stream().map(Child::json).toList()));
      }
    }
    return new Part(nodes, !open.isEmpty());
  }

  /** In the order of the specification: children with an order come first, then the oldest ones. */
  private List<Child> children(String roomId) {
    List<Child> all =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(TimelineSql.CHILDREN)
                    .bind("roomId", roomId)
                    .bind("limit", MOST_CHILDREN)
                    .map((rs, ctx) -> Child.of(rs))
                    .list());
    return all.stream()
        .filter(Child::isValid)
        .sorted(
            Comparator.comparing((Child child) -> child.order.isEmpty())
                .thenComparing(child -> child.order)
                .thenComparing(child -> child.sentAt)
                .thenComparing(child -> child.roomId))
        .toList();
  }

  private record Place(String roomId, long depth) {}

  private record Child(String roomId, JsonNode content, String sender, long sentAt, String order) {

    static Child of(ResultSet rs) throws SQLException {
      JsonNode content = EventJson.parse(rs.getString("content"));
      return new Child(
          rs.getString("state_key"),
          content,
          rs.getString("sender"),
          rs.getLong("origin_server_ts"),
          order(content.path("order")));
    }

    /** An order that is no text, is too long or has unprintable characters counts as no order. */
    private static String order(JsonNode order) {
      String text = order.isTextual() ? order.textValue() : "";
      return text.length() <= LONGEST_ORDER
              && text.chars().allMatch(c -> c >= FIRST_PRINTABLE && c <= LAST_PRINTABLE)
          ? text
          : "";
    }

    /** An entry that names no server to join through is no longer a child. */
    boolean isValid() {
      JsonNode via = content.path("via");
      if (!via.isArray() || via.isEmpty()) {
        return false;
      }
      for (JsonNode server : via) {
        if (!server.isTextual()) {
          return false;
        }
      }
      return true;
    }

    ObjectNode json() {
      ObjectNode json = EventJson.object();
      json.put("type", "m.space.child");
      json.put("state_key", roomId);
      json.set("content", content);
      json.put("sender", sender);
      json.put("origin_server_ts", sentAt);
      return json;
    }
  }
}
