package dev.bailiff.homeserver.store.history;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.homeserver.store.event.EventJson;

/**
 * How far a room's history is purged. It is fixed once, so that planning, verification and a second
 * attempt of either refer to the same events.
 *
 * @param lowest depth of the lowest event to look at
 * @param depth events below this depth are purged; it is above {@code lowest}
 * @param planned the last arrival in the store when the purge was planned; later events are left
 *     alone at any depth
 */
record HistoryCutOff(long lowest, long depth, long planned) {

  static HistoryCutOff parse(String text) {
    JsonNode json = EventJson.parse(text);
    return new HistoryCutOff(
        json.required("lowest").longValue(),
        json.required("depth").longValue(),
        json.required("planned").longValue());
  }

  String text() {
    return EventJson.write(
        EventJson.object().put("lowest", lowest).put("depth", depth).put("planned", planned));
  }
}
