package dev.bailiff.homeserver.synapse.selection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.homeserver.synapse.api.ListCalls;
import dev.bailiff.homeserver.synapse.batch.ItemCalls;
import dev.bailiff.job.TargetOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The rooms of spaces, and of the spaces in them, on all levels. */
record SpaceChildren(ListCalls api, ItemCalls calls, int parallel) {

  /**
   * The rooms below some spaces, without these spaces themselves, in byte order. Each room is
   * looked at once, so spaces that contain themselves end the walk.
   */
  Set<String> below(List<String> spaces) {
    var found = new TreeSet<String>(TargetOrder::compare);
    var met = new HashSet<String>();
    List<String> level = spaces;
    while (!level.isEmpty()) {
      met.addAll(level);
      var next = new TreeSet<String>(TargetOrder::compare);
      calls.read(level, parallel, this::children).forEach(next::addAll);
      found.addAll(next);
      next.removeAll(met);
      level = List.copyOf(next);
    }
    spaces.forEach(found::remove);
    return found;
  }

  private List<String> children(String room) {
    boolean isSpace =
        api.room(room)
            .filter(found -> found.path("room_type").asText().equals("m.space"))
            .isPresent();
    var children = new ArrayList<String>();
    if (isSpace) {
      for (JsonNode event : api.state(room, "m.space.child")) {
        var via = event.path("content").path("via");
        // A child that names no server is none any more: that is how it is taken out of a space.
        if (via.isArray() && !via.isEmpty()) {
          children.add(event.path("state_key").asText());
        }
      }
    }
    return children;
  }
}
