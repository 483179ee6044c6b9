package dev.bailiff.homeserver.store.history;

import dev.bailiff.homeserver.history.EventPlace;
import dev.bailiff.homeserver.history.HistoryPoints;
import dev.bailiff.homeserver.store.room.RoomSql;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Finds where a purge of history ends (admin-api 5.11). The gateway uses it to refuse an end that
 * does not exist; jobs that were submitted without that call use it inside their transaction.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
public final class RoomHistory implements HistoryPoints {

  private final Jdbi jdbi;

  public RoomHistory(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public Optional<EventPlace> find(String eventId) {
    return jdbi.withHandle(handle -> find(handle, eventId));
  }

  @Override
  public Optional<Long> depthBefore(String roomId, long at) {
    return jdbi.withHandle(handle -> depthBefore(handle, roomId, at));
  }

  /** {@link #find(String)} in an open transaction. */
  public static Optional<EventPlace> find(Handle handle, String eventId) {
    return handle
        .createQuery(RoomSql.EVENT_PLACE)
        .bind("eventId", eventId)
        .map((rs, ctx) -> new EventPlace(rs.getString("room_id"), rs.getLong("depth")))
        .findOne();
  }

  /** {@link #depthBefore(String, long)} in an open transaction. */
  public static Optional<Long> depthBefore(Handle handle, String roomId, long at) {
    return handle
        .createQuery(RoomSql.DEPTH_BEFORE)
        .bind("roomId", roomId)
        .bind("at", at)
        .mapTo(Long.class)
        .findOne();
  }
}
