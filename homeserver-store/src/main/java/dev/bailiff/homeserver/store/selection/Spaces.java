package dev.bailiff.homeserver.store.selection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.homeserver.store.event.EventJson;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** The rooms of spaces, and of the spaces in them, on all levels. */
final class Spaces {

  /** Rooms that say they are children of spaces; a space that is known has a summary. */
  static final String CHILDREN =
      """
      select s.state_key, e.content
      from homeserver.room_summary space
      join homeserver.current_state s on s.room_id = space.room_id and s.type = 'm.space.child'
      join homeserver.event e on e.event_id = s.event_id
      where space.room_id = any (:rooms) and space.room_type = 'm.space'
      """;

  private final Handle handle;

  Spaces(Handle handle) {
    this.handle = handle;
  }

  /**
   * The rooms below some spaces, without these spaces themselves. Each room is looked at once, so
   * spaces that contain themselves end the walk.
   */
  Set<String> below(List<String> spaces) {
    var found = new TreeSet<String>();
    var met = new HashSet<String>();
    Set<String> level = new HashSet<>(spaces);
    while (!level.isEmpty()) {
      met.addAll(level);
      var next = children(level);
      found.addAll(next);
      next.removeAll(met);
      level = next;
    }
    spaces.forEach(found::remove);
    return found;
  }

  private Set<String> children(Set<String> rooms) {
    var children = new HashSet<String>();
    handle
        .createQuery(CHILDREN)
        .bindArray("rooms", String.class, rooms)
        .map(
            (row, context) ->
                new Child(row.getString("state_key"), EventJson.parse(row.getString("content"))))
        .forEach(
            child -> {
              if (child.isValid()) {
                children.add(child.room());
              }
            });
    return children;
  }

  private record Child(String room, JsonNode content) {
    /** A child that names no server is none any more: that is how it is taken out of a space. */
    boolean isValid() {
      return content.path("via").isArray() && !content.path("via").isEmpty();
    }
  }
}
