package dev.bailiff.homeserver.store.history;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.store.event.EventJson;

/**
 * A stretch of a room's history to purge. No two ranges of a plan have an event in common, so they
 * may be worked side by side.
 *
 * @param from the first place
 * @param to the end, not included
 * @param planned the last arrival in the store when the purge was planned
 * @param localEvents whether messages of local users are deleted as well
 * @param items number of events when the range was planned
 */
record HistoryRange(
    String room,
    HistoryPlace from,
    HistoryPlace to,
    long planned,
    boolean localEvents,
    long items) {

  Range toRange() {
    return new Range(
        EventJson.write(
            EventJson.object()
                .put("room", room)
                .put("fromDepth", from.depth())
                .put("fromArrival", from.arrival())
                .put("toDepth", to.depth())
                .put("toArrival", to.arrival())
                .put("planned", planned)
                .put("localEvents", localEvents)),
        items);
  }

  static HistoryRange parse(Range range) {
    JsonNode json = EventJson.parse(range.value());
    return new HistoryRange(
        json.required("room").textValue(),
        new HistoryPlace(
            json.required("fromDepth").longValue(), json.required("fromArrival").longValue()),
        new HistoryPlace(
            json.required("toDepth").longValue(), json.required("toArrival").longValue()),
        json.required("planned").longValue(),
        json.required("localEvents").booleanValue(),
        range.items());
  }
}
