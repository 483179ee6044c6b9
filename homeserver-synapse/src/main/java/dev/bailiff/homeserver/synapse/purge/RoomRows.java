package dev.bailiff.homeserver.synapse.purge;

import dev.bailiff.text.CountedNoun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reads and deletes rows of a whole room. */
final class RoomRows {
  private static final String NEXT =
      """
      select min(stream_ordering)
      from events
      where room_id = :room and stream_ordering > :after and state_key is null""";

  private static final String COUNT =
      """
      select count(*)
      from events
      where room_id = :room
        and stream_ordering > :after
        and stream_ordering <= :end
        and state_key is null""";

  private static final String HAS_MANY =
      """
      select count(*) >= :many
      from (select from events where room_id = :room limit :many) as first_ones""";

  private static final String FORGET_EXPIRY =
      """
      delete from event_expiry x
      using events e
      where e.event_id = x.event_id and e.room_id = :room""";

  private RoomRows() {}

  /** Whether a room has at least this number of events. */
  static boolean hasMany(Handle handle, String room, int many) {
    return handle
        .createQuery(HAS_MANY)
        .bind("room", room)
        .bind("many", many)
        .mapTo(Boolean.class)
        .one();
  }

  /** The position of the first timeline event behind a position. */
  static Optional<Long> next(Handle handle, String room, long after) {
    return handle
        .createQuery(NEXT)
        .bind("room", room)
        .bind("after", after)
        .map((row, context) -> Optional.ofNullable(row.getObject(1, Long.class)))
        .one();
  }

  /** Number of timeline events behind {@code after}, up to {@code end}. */
  static long count(Handle handle, String room, long after, long end) {
    return handle
        .createQuery(COUNT)
        .bind("room", room)
        .bind("after", after)
        .bind("end", end)
        .mapTo(Long.class)
        .one();
  }

  /**
   * Deletes expiry times of the events that are left; afterwards nothing links them to the room.
   */
  static void forgetExpiry(Handle handle, String room) {
    handle.createUpdate(FORGET_EXPIRY).bind("room", room).execute();
  }

  /** Deletes the rows that stay behind when Synapse purges a room. */
  static void forget(Handle handle, String room) {
    for (var table : PurgeTables.FORGOTTEN) {
      handle
          .createUpdate("delete from <table> where room_id = :room")
          .define("table", table)
          .bind("room", room)
          .execute();
    }
  }

  /** What is left of a room, in words that name the table and the number of rows. */
  static List<String> left(Handle handle, String room) {
    var left = new ArrayList<String>();
    for (var table : PurgeTables.COUNTED) {
      long rows =
          handle
              .createQuery("select count(*) from <table> where room_id = :room")
              .define("table", table)
              .bind("room", room)
              .mapTo(Long.class)
              .one();
      if (rows > 0) {
        left.add(CountedNoun.of(rows, "row") + " of " + table);
      }
    }
    return left;
  }
}
