package dev.bailiff.gateway.admin.room;

import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.gateway.request.RoomId;
import dev.bailiff.homeserver.store.room.Rooms;

/** Reads a path that names a room by its id or by an alias (admin-api 5.35). */
public final class RoomNames {
  private final Rooms rooms;

  public RoomNames(Rooms rooms) {
    this.rooms = rooms;
  }

  /**
   * The room's id; the room may be unknown. No other server is asked, so the aliases of other
   * servers are unknown.
   *
   * @throws ApiException 400 {@code M_UNKNOWN} for text that is neither an id nor an alias, 404
   *     {@code M_NOT_FOUND} for an unknown alias
   */
  public String roomId(PathSegment name) {
    if (RoomId.isLegal(name.value())) {
      return name.value();
    }
    if (!name.value().startsWith("#") || name.value().indexOf(':') < 0) {
      throw ApiException.bad(
          Errcode.M_UNKNOWN, name.value() + " was not legal room ID or room alias");
    }
    if (!name.storable()) {
      throw ApiException.notFound("Room alias not found");
    }
    return rooms
        .byAlias(name.value())
        .orElseThrow(() -> ApiException.notFound("Room alias not found"));
  }
}
