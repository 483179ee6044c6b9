package dev.bailiff.homeserver.store.redaction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.redaction.RedactionScope;
import dev.bailiff.homeserver.store.event.EventJson;
import org.jspecify.annotations.Nullable;

/**
 * Some candidates of one user in one room: between two places in the order of arrival, both
 * included. New events arrive above them, so the range always contains the same candidates.
 *
 * @param target number of the user's target
 * @param items number of candidates when the range was planned
 */
record RedactionRange(
    int target,
    String user,
    String room,
    long newest,
    long oldest,
    @Nullable Long afterAt,
    @Nullable Long beforeAt,
    long items) {

  static RedactionRange of(
      RedactionScope scope, String room, long newest, long oldest, long items) {
    return new RedactionRange(
        scope.user().number(),
        scope.user().id(),
        room,
        newest,
        oldest,
        scope.afterAt(),
        scope.beforeAt(),
        items);
  }

  Range toRange() {
    ObjectNode json =
        EventJson.object()
            .put("target", target)
            .put("user", user)
            .put("room", room)
            .put("newest", newest)
            .put("oldest", oldest);
    if (afterAt != null) {
      json.put("afterAt", afterAt);
    }
    if (beforeAt != null) {
      json.put("beforeAt", beforeAt);
    }
    return new Range(EventJson.write(json), items);
  }

  static RedactionRange parse(Range range) {
    JsonNode json = EventJson.parse(range.value());
    return new RedactionRange(
        json.required("target").intValue(),
        json.required("user").textValue(),
        json.required("room").textValue(),
        json.required("newest").longValue(),
        json.required("oldest").longValue(),
        json.hasNonNull("afterAt") ? json.get("afterAt").longValue() : null,
        json.hasNonNull("beforeAt") ? json.get("beforeAt").longValue() : null,
        range.items());
  }
}
