package dev.bailiff.homeserver.store.roomdeletion;

import org.jdbi.v3.core.Handle;

/**
 * How far a room's events were purged. The end of a purge and its verification look for events
 * behind the mark only. Before the mark lie the index entries of all events just deleted, and each
 * entry would have to be looked up in the table to see that it is dead.
 *
 * <p>Nothing before the mark can be left. The ranges of a plan follow each other without a gap from
 * the first arrival to the mark; each was deleted in a committed batch (a room whose range failed
 * is not verified); and every event written later arrives behind the mark. Marks stay when the room
 * is deleted; the next purge of a room that came back moves its mark on. See decision 0005.
 */
final class PurgeMarks {

  private static final String FIND =
      "select planned from homeserver.purge_mark where room_id = :room";

  /** The last batch of each range sets the mark; all ranges of one plan have the same mark. */
  private static final String SET =
      """
      insert into homeserver.purge_mark as m (room_id, planned)
      select :room, :planned
      where not exists (
        select from homeserver.purge_mark where room_id = :room and planned >= :planned)
      on conflict (room_id) do update set planned = greatest(m.planned, excluded.planned)
      """;

  private PurgeMarks() {}

  /** The last arrival when the purge was planned; the very first place if no purge was planned. */
  static long find(Handle handle, String room) {
    return handle
        .createQuery(FIND)
        .bind("room", room)
        .mapTo(Long.class)
        .findOne()
        .orElse(Long.MIN_VALUE);
  }

  static void set(Handle handle, String room, long planned) {
    handle.createUpdate(SET).bind("room", room).bind("planned", planned).execute();
  }
}
