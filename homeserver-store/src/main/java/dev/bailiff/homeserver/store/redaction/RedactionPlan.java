package dev.bailiff.homeserver.store.redaction;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.RangePage;
import dev.bailiff.homeserver.redaction.EventConditions;
import dev.bailiff.homeserver.redaction.RedactionScope;
import dev.bailiff.homeserver.store.event.CurrentState;
import dev.bailiff.homeserver.store.event.EventJson;
import dev.bailiff.homeserver.store.event.EventSql;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Finds the events to redact (admin-api 4.34, step 1): per room in list order, newest first; the
 * limit is counted per room before anything is skipped.
 */
final class RedactionPlan {

  private static final String REDACTABLE_ROOMS =
      """
      select m.room_id
      from homeserver.membership m
      where m.user_id = :user and m.room_id > :after
        and (m.membership = 'ban'
          or (m.membership = 'join' and %s))
      order by m.room_id
      limit :limit
      """
          .formatted(CurrentState.existsIn("m.room_id"));

  /** Ranges of a page: few enough for a statement of well under a second. */
  private static final int PAGE = 64;

  /** Events of a page, for the same reason. */
  private static final long PAGE_EVENTS = 50_000;

  private RedactionPlan() {}

  static List<String> rooms(Handle handle, String user, @Nullable String after, int limit) {
    return handle
        .createQuery(REDACTABLE_ROOMS)
        .bind("user", user)
        .bind("after", after == null ? "" : after)
        .bind("limit", limit)
        .mapTo(String.class)
        .list();
  }

  static List<String> writtenRooms(Handle handle, String user, @Nullable String after, int limit) {
    return handle
        .createQuery(EventSql.WRITTEN_ROOMS)
        .bind("user", user)
        .bind("afterRoom", after == null ? "" : after)
        .bind("limit", limit)
        .mapTo(String.class)
        .list();
  }

  static RangePage ranges(Handle handle, RedactionScope scope, @Nullable Cursor after, int size) {
    List<Range> ranges = new ArrayList<>();
    Place place = Place.parse(after);
    long events = 0;
    while (place.room < scope.rooms().size()) {
      if (ranges.size() >= PAGE || events >= PAGE_EVENTS) {
        return new RangePage(ranges, place.cursor());
      }
      long wanted = Math.min((long) size * PAGE, PAGE_EVENTS);
      if (scope.limit() != null) {
        wanted = Math.min(wanted, scope.limit() - place.taken);
      }
      List<RedactionRange> found = page(handle, scope, place, size, wanted);
      long count = found.stream().mapToLong(RedactionRange::items).sum();
      found.forEach(range -> ranges.add(range.toRange()));
      events += count;
      boolean more =
          count == wanted && (scope.limit() == null || place.taken + count < scope.limit());
      place =
          more
              ? new Place(place.room, found.get(found.size() - 1).oldest(), place.taken + count)
              : new Place(place.room + 1, Long.MAX_VALUE, 0);
    }
    return new RangePage(ranges, null);
  }

  private static List<RedactionRange> page(
      Handle handle, RedactionScope scope, Place place, int size, long wanted) {
    String room = scope.rooms().get(place.room);
    if (wanted <= 0) {
      return List.of();
    }
    return bindScope(handle.createQuery(EventSql.REDACTION_RANGES), scope, room, place.below)
        .bind("size", size)
        .bind("limit", wanted)
        .map(
            (rs, ctx) ->
                RedactionRange.of(
                    scope, room, rs.getLong("newest"), rs.getLong("oldest"), rs.getLong("items")))
        .list();
  }

  /** Whether an event can be redacted: of membership events, only joins are. */
  static boolean isCandidate(String type, @Nullable String content) {
    return !type.equals("m.room.member")
        || "join".equals(EventJson.parse(content).path("membership").textValue());
  }

  static Query bindScope(Query query, RedactionScope scope, String room, long below) {
    return bind(query, scope.conditions())
        .bind("user", scope.user().id())
        .bind("room", room)
        .bind("below", below)
        .bind("afterAt", scope.conditions().afterAt())
        .bind("beforeAt", scope.conditions().beforeAt());
  }

  /** Binds what chooses events beside their times. */
  static Query bind(Query query, EventConditions conditions) {
    return query
        .bindArray("types", String.class, conditions.types())
        .bind("contains", conditions.contains());
  }

  /**
   * Where the planning goes on.
   *
   * @param room index in the list of rooms
   * @param below only events that arrived before this one
   * @param taken candidates of the room so far
   */
  record Place(int room, long below, long taken) {

    static Place parse(@Nullable Cursor cursor) {
      if (cursor == null) {
        return new Place(0, Long.MAX_VALUE, 0);
      }
      JsonNode json = EventJson.parse(cursor.value());
      return new Place(
          json.required(0).intValue(), json.required(1).longValue(), json.required(2).longValue());
    }

    Cursor cursor() {
      return new Cursor("[" + room + "," + below + "," + taken + "]");
    }
  }
}
