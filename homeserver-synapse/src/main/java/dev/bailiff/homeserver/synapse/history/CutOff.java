package dev.bailiff.homeserver.synapse.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a purge ends.
 *
 * @param event events below the depth of this event are purged; null if a time is given
 * @param depth depth of the event; 0 without an event
 * @param at time of the event, or the time that is given; ms since the epoch
 */
record CutOff(@Nullable String event, long depth, long at) {

  /**
   * Whether a timeline begins where a purge up to here leaves it.
   *
   * @param first the first two events of the timeline with their depths, as far as there are any
   */
  boolean leaves(List<JsonNode> first) {
    if (first.isEmpty()) {
      return true;
    }
    if (event != null) {
      return first.get(0).path("depth").asLong() >= depth;
    }
    // The last event before the time stays; a second one below it should be gone.
    return first.size() < 2
        || first.get(1).path("origin_server_ts").asLong() >= at
        || first.get(1).path("depth").asLong() <= first.get(0).path("depth").asLong();
  }
}
