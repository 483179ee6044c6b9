package dev.bailiff.worker.kind;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.Target;
import org.jspecify.annotations.Nullable;

/**
 * A range of one room, as the range of a segment.
 *
 * @param target number of the target
 * @param room its id
 * @param newRoom the room that replaces it, if the job made one
 */
public record RoomRange(
    int target, String room, @Nullable String newRoom, String range, long items) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  static Range pack(Target room, @Nullable String newRoom, Range range) {
    return new Range(
        write(new RoomRange(room.number(), room.id(), newRoom, range.value(), range.items())),
        range.items());
  }

  /** The range that a {@link RoomStage} planned. */
  public static RoomRange unpack(String text) {
    return read(text, RoomRange.class);
  }

  /** The room as the port names it. */
  public Target asTarget() {
    return new Target(target, room);
  }

  /** The range as the port made it. */
  public Range asRange() {
    return new Range(range, items);
  }

  /** Where planning goes on: at a room, inside it. */
  record RoomCursor(int target, @Nullable String within) {
    static RoomCursor of(@Nullable Cursor cursor) {
      return cursor == null ? new RoomCursor(0, null) : read(cursor.value(), RoomCursor.class);
    }

    Cursor asCursor() {
      return new Cursor(write(this));
    }

    @Nullable Cursor withinOf(int number) {
      return number == target && within != null ? new Cursor(within) : null;
    }
  }

  private static <T> T read(String text, Class<T> type) {
    try {
      return MAPPER.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not ours: " + text, e);
    }
  }

  private static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a range is always JSON", e);
    }
  }
}
