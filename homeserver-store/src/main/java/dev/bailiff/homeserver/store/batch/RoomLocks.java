package dev.bailiff.homeserver.store.batch;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Locks on rooms, always taken in the order of their ids. Writers into a room share the lock on its
 * row; the end of a purge takes the lock exclusively, so that nobody writes into the room
 * meanwhile.
 */
public final class RoomLocks {

  private static final String SHARE =
      """
      select room_id, room_version from homeserver.room
      where room_id = any (:rooms)
      order by room_id
      for key share
      """;

  private static final String EXCLUDE =
      "select room_id from homeserver.room where room_id = :room for update";

  private RoomLocks() {}

  /**
   * Shares rooms. Returns the version of each room that exists; a missing room was never known, or
   * is deleted.
   */
  public static Map<String, String> share(Handle handle, Collection<String> rooms) {
    Map<String, String> versions = new HashMap<>();
    handle
        .createQuery(SHARE)
        .bindArray("rooms", String.class, rooms.stream().distinct().toArray(Object[]::new))
        .map((rs, ctx) -> Map.entry(rs.getString("room_id"), rs.getString("room_version")))
        .forEach(entry -> versions.put(entry.getKey(), entry.getValue()));
    return versions;
  }

  /**
   * Waits until nobody writes into the room, and keeps all writers out. A room that does not exist
   * needs no lock.
   *
   * @return whether the room exists
   */
  public static boolean exclude(Handle handle, String room) {
    return handle.createQuery(EXCLUDE).bind("room", room).mapTo(String.class).findOne().isPresent();
  }
}
