package dev.bailiff.homeserver.store.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.homeserver.batch.Range;

/**
 * Events of a room between two positions in the order of arrival.
 *
 * @param after the position before the first event
 * @param newest the position of the last event
 * @param planned the last arrival in the store when the purge was planned: all events of the room
 *     up to this position are in some range
 * @param items how many events the range had then
 */
public record EventRange(String room, long after, long newest, long planned, long items) {

  public Range toRange() {
    return new Range(
        EventJson.write(
            EventJson.object()
                .put("room", room)
                .put("after", after)
                .put("newest", newest)
                .put("planned", planned)),
        items);
  }

  public static EventRange parse(Range range) {
    JsonNode json = EventJson.parse(range.value());
    return new EventRange(
        json.required("room").textValue(),
        json.required("after").longValue(),
        json.required("newest").longValue(),
        json.required("planned").longValue(),
        range.items());
  }
}
