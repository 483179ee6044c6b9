package dev.bailiff.homeserver.store.redaction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.redaction.EventConditions;
import dev.bailiff.homeserver.redaction.RedactionScope;
import dev.bailiff.homeserver.store.event.EventJson;
import java.util.ArrayList;
import java.util.List;

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
    EventConditions conditions,
    long items) {

  static RedactionRange of(
      RedactionScope scope, String room, long newest, long oldest, long items) {
    return new RedactionRange(
        scope.user().number(), scope.user().id(), room, newest, oldest, scope.conditions(), items);
  }

  Range toRange() {
    ObjectNode json =
        EventJson.object()
            .put("target", target)
            .put("user", user)
            .put("room", room)
            .put("newest", newest)
            .put("oldest", oldest);
    if (conditions.afterAt() != null) {
      json.put("afterAt", conditions.afterAt());
    }
    if (conditions.beforeAt() != null) {
      json.put("beforeAt", conditions.beforeAt());
    }
    if (!conditions.types().equals(EventConditions.USUAL_TYPES)) {
      var types = json.putArray("types");
      conditions.types().forEach(types::add);
    }
    if (conditions.contains() != null) {
      json.put("contains", conditions.contains());
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
        conditions(json),
        range.items());
  }

  private static EventConditions conditions(JsonNode json) {
    List<String> types = new ArrayList<>();
    json.path("types").forEach(type -> types.add(type.textValue()));
    return new EventConditions(
        types.isEmpty() ? EventConditions.USUAL_TYPES : types,
        json.hasNonNull("afterAt") ? json.get("afterAt").longValue() : null,
        json.hasNonNull("beforeAt") ? json.get("beforeAt").longValue() : null,
        json.path("contains").textValue());
  }

  /** The part that is left when the candidates from a place on are done. */
  RedactionRange below(long place, long seen) {
    return new RedactionRange(
        target,
        user,
        room,
        Math.min(newest, place - 1),
        oldest,
        conditions,
        Math.max(0, items - seen));
  }
}
