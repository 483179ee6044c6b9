package dev.bailiff.homeserver.store.snapshot;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second import from bringing back events that were deleted here: those of deleted rooms,
 * and those that a purge of history deleted.
 */
final class EventsLeftAlone {
  private static final String PURGED =
      """
      select r.room_id, null::bigint as below_depth from unnest(:rooms::text[]) as r (room_id)
       where exists (select from homeserver.removed x where x.kind = 'room' and x.id = homeserver.removed_id(r.room_id))
      union all
      select room_id, below_depth from homeserver.purged_history where room_id = any (:rooms)
      """;

  private static final String PRESENT =
      "select event_id from homeserver.event where event_id = any (:ids)";

  private EventsLeftAlone() {}

  /** The given events without those that were deleted here. */
  static List<EventRecord> without(Handle handle, List<EventRecord> events) {
    if (events.isEmpty()) {
      return events;
    }
    var depths = depths(handle, events);
    var old = events.stream().filter(event -> isOld(event, depths)).toList();
    if (old.isEmpty()) {
      return events;
    }
    var present =
        Set.copyOf(
            handle
                .createQuery(PRESENT)
                .bindArray("ids", String.class, old.stream().map(EventRecord::eventId).toArray())
                .mapTo(String.class)
                .list());
    return events.stream()
        .filter(event -> !isOld(event, depths) || present.contains(event.eventId()))
        .toList();
  }

  private static Map<String, @Nullable Long> depths(Handle handle, List<EventRecord> events) {
    Map<String, @Nullable Long> depths = new HashMap<>();
    handle
        .createQuery(PURGED)
        .bindArray(
            "rooms", String.class, events.stream().map(EventRecord::roomId).distinct().toArray())
        .map(
            (rs, ctx) ->
                new Purged(rs.getString("room_id"), rs.getObject("below_depth", Long.class)))
        .forEach(
            purged ->
                depths.merge(
                    purged.room(),
                    purged.below() == null ? Long.MAX_VALUE : purged.below(),
                    Math::max));
    return depths;
  }

  private record Purged(String room, @Nullable Long below) {}

  /** A purge of history keeps state; the deletion of a room does not. */
  private static boolean isOld(EventRecord event, Map<String, @Nullable Long> depths) {
    var below = depths.get(event.roomId());
    return below != null
        && (below == Long.MAX_VALUE || event.stateKey() == null && event.depth() < below);
  }
}
