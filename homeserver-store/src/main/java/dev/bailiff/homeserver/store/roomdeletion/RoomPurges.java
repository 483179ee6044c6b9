package dev.bailiff.homeserver.store.roomdeletion;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Effect;
import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.RangePage;
import dev.bailiff.homeserver.batch.RoomPurge;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.store.batch.ArrivalWindows;
import dev.bailiff.homeserver.store.batch.RoomLocks;
import dev.bailiff.homeserver.store.event.EventJson;
import dev.bailiff.homeserver.store.event.EventRange;
import dev.bailiff.homeserver.store.event.EventSql;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Deletes rooms for good (admin-api 4.37, step 5): events in ranges, then the rest. */
final class RoomPurges {

  /** Ranges of a page, and events of a page: a statement takes well under a second. */
  private static final int PAGE = 64;

  private static final long PAGE_EVENTS = 500_000;

  /**
   * The rows of a room beside its events, the smallest tables last. They are deleted a page at a
   * time: a room may have a million members.
   */
  private static final List<String> REST =
      List.of(
          restOf("homeserver.membership", "room_id"),
          restOf("homeserver.current_state", "room_id"),
          restOf("homeserver.receipt", "room_id"),
          restOf("homeserver.account_data", "room_id"),
          restOf("homeserver.room_alias", "room_id"));

  private static final int REST_PAGE = 20_000;

  private static final String DROP_ROOM = "delete from homeserver.room where room_id = :room";

  private RoomPurges() {}

  private static String restOf(String table, String column) {
    return """
    delete from %1$s where ctid = any (array(select ctid from %1$s where %2$s = :room limit :limit))
    """
        .formatted(table, column);
  }

  /**
   * Plans a page of ranges. The first page waits until nobody writes into the room. A writer takes
   * its place in the order of arrival under the room's lock; events written later thus lie behind
   * the last arrival seen here, and the end of the purge needs to look no further back.
   */
  static RangePage ranges(Handle handle, Target room, @Nullable Cursor after, int size) {
    Place place;
    if (after == null) {
      RoomLocks.exclude(handle, room.id());
      place = new Place(Long.MIN_VALUE, ArrivalWindows.lastArrival(handle));
    } else {
      place = Place.parse(after);
    }
    long planned = place.number;
    long last = place.after;
    List<Range> ranges = new ArrayList<>();
    for (long events = 0; ranges.size() < PAGE && events < PAGE_EVENTS; ) {
      Bound bound = bound(handle, room.id(), last, planned, size);
      if (bound.items > 0) {
        ranges.add(new EventRange(room.id(), last, bound.newest, planned, bound.items).toRange());
      }
      if (bound.items < size) {
        return new RangePage(ranges, null);
      }
      last = bound.newest;
      events += bound.items;
    }
    return new RangePage(ranges, new Place(last, planned).cursor());
  }

  static BatchOutcome events(Handle handle, RoomPurge purge) {
    EventRange range = EventRange.parse(purge.range());
    Place place = purge.after() == null ? new Place(range.after(), 0) : Place.parse(purge.after());
    RoomLocks.share(handle, List.of(range.room()));
    long open = range.items() - place.number;
    // A batch that takes all the rest need not look for its end.
    Bound bound =
        open <= purge.size()
            ? new Bound(range.newest(), open)
            : bound(handle, range.room(), place.after, range.newest(), purge.size());
    long gone = bound.items == 0 ? 0 : delete(handle, range.room(), place.after, bound.newest);
    long seen = place.number + gone;
    if (bound.items < purge.size() || bound.newest >= range.newest()) {
      PurgeMarks.set(handle, range.room(), range.planned());
      return BatchOutcome.of(gone, Math.max(0, range.items() - seen), null)
          .withEffects(effects(range.room(), gone));
    }
    return BatchOutcome.of(gone, 0, new Place(bound.newest, seen).cursor())
        .withEffects(effects(range.room(), gone));
  }

  /** Without their ids, as a room has millions. */
  private static List<Effect> effects(String room, long gone) {
    return gone == 0 ? List.of() : List.of(Effect.counted(room, gone));
  }

  static BatchOutcome finish(
      Handle handle, String server, Target room, boolean force, @Nullable Cursor after, int size) {
    RoomLocks.exclude(handle, room.id());
    if (!force && RoomReads.hasLocalMembers(handle, server, room.id())) {
      Failure failure =
          new Failure(
              room.id(),
              room.number(),
              true,
              400,
              "M_UNKNOWN",
              "Users are still joined to this room");
      return new BatchOutcome(0, 0, List.of(failure), List.of(), List.of(), null, null);
    }
    ArrivalWindows slices =
        after == null
            ? ArrivalWindows.behind(handle, PurgeMarks.find(handle, room.id()))
            : ArrivalWindows.from(handle, after);
    long late = 0;
    while (!slices.atEnd()) {
      Bound bound = bound(handle, room.id(), slices.after(), slices.newest(), size);
      if (bound.items > 0) {
        late += delete(handle, room.id(), slices.after(), bound.newest);
      }
      if (late >= size) {
        return BatchOutcome.of(late, 0, ArrivalWindows.cursor(bound.newest));
      }
      slices.advance();
    }
    if (!deleteRest(handle, room.id())) {
      return BatchOutcome.of(late, 0, ArrivalWindows.cursor(slices.last()));
    }
    // The mark stays: verification looks behind it, and so does this batch if it is repeated.
    handle.createUpdate(DROP_ROOM).bind("room", room.id()).execute();
    return BatchOutcome.of(late, 0, null).withEffects(List.of(Effect.of(room)));
  }

  /** Deletes a page of the rest. Returns whether nothing is left. */
  private static boolean deleteRest(Handle handle, String room) {
    for (String statement : REST) {
      int gone =
          handle.createUpdate(statement).bind("room", room).bind("limit", REST_PAGE).execute();
      if (gone == REST_PAGE) {
        return false;
      }
    }
    return true;
  }

  private static Bound bound(Handle handle, String room, long after, long newest, int size) {
    return handle
        .createQuery(EventSql.PURGE_BOUND)
        .bind("room", room)
        .bind("after", after)
        .bind("newest", newest)
        .bind("size", size)
        .map((rs, ctx) -> new Bound(rs.getLong("bound"), rs.getLong("items")))
        .one();
  }

  private static long delete(Handle handle, String room, long after, long bound) {
    long gone = 0;
    for (String statement : List.of(EventSql.PURGE_REDACTIONS, EventSql.PURGE)) {
      gone =
          handle
              .createUpdate(statement)
              .bind("room", room)
              .bind("after", after)
              .bind("bound", bound)
              .execute();
    }
    return gone;
  }

  private record Bound(long newest, long items) {}

  /**
   * Where a plan or a range goes on.
   *
   * @param after only events that arrived after this one
   * @param number for a plan, the last arrival when the plan began; for a range, its events so far
   */
  private record Place(long after, long number) {

    static Place parse(Cursor cursor) {
      JsonNode json = EventJson.parse(cursor.value());
      return new Place(json.required(0).longValue(), json.required(1).longValue());
    }

    Cursor cursor() {
      return new Cursor("[" + after + "," + number + "]");
    }
  }
}
