package dev.bailiff.homeserver.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.homeserver.Range;

/**
 * Events of a room between two places in the order of arrival, both included.
 *
 * @param items how many there were
 */
record EventRange(String room, long oldest, long newest, long items) {

  Range toRange() {
    return new Range(
        EventJson.write(
            EventJson.object().put("room", room).put("oldest", oldest).put("newest", newest)),
        items);
  }

  static EventRange parse(Range range) {
    JsonNode json = EventJson.parse(range.value());
    return new EventRange(
        json.required("room").textValue(),
        json.required("oldest").longValue(),
        json.required("newest").longValue(),
        range.items());
  }
}
