package dev.bailiff.worker.kind;

import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.Target;
import org.jspecify.annotations.Nullable;

/**
 * A range of one room, as the range of a segment.
 *
 * @param target number of the target
 * @param room id of the room
 * @param newRoom the room that replaces it, if the job made one
 */
public record RoomRange(
    int target, String room, @Nullable String newRoom, String range, long items) {
  static Range pack(Target room, @Nullable String newRoom, Range range) {
    var packed = new RoomRange(room.number(), room.id(), newRoom, range.value(), range.items());
    return new Range(StageJson.write(packed), range.items());
  }

  /** The range that a {@link RoomStage} planned. */
  public static RoomRange unpack(String text) {
    return StageJson.read(text, RoomRange.class);
  }

  /** The room as the port names it. */
  public Target asTarget() {
    return new Target(target, room);
  }

  /** The range as the port made it. */
  public Range asRange() {
    return new Range(range, items);
  }

  /** Where planning goes on: at the start of a room, or inside it. */
  record RoomCursor(int target, @Nullable String within) {
    static RoomCursor of(@Nullable Cursor cursor) {
      return cursor == null
          ? new RoomCursor(0, null)
          : StageJson.read(cursor.value(), RoomCursor.class);
    }

    Cursor asCursor() {
      return new Cursor(StageJson.write(this));
    }

    @Nullable Cursor withinOf(int number) {
      return number == target && within != null ? new Cursor(within) : null;
    }
  }
}
