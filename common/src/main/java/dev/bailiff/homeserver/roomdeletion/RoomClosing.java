package dev.bailiff.homeserver.roomdeletion;

import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Target;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The end of a room's purge.
 *
 * @param room the room
 * @param force whether the room is purged although local users are joined
 * @param facts values that earlier operations of this job stored about the room
 * @param after where the last batch stopped; null at the start
 * @param size number of late events in this batch, at most
 */
public record RoomClosing(
    Target room, boolean force, Map<String, String> facts, @Nullable Cursor after, int size) {

  /** An end without facts, for a homeserver that stored none. */
  public RoomClosing(Target room, boolean force, @Nullable Cursor after, int size) {
    this(room, force, Map.of(), after, size);
  }
}
