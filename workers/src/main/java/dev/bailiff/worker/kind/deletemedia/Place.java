package dev.bailiff.worker.kind.deletemedia;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bailiff.homeserver.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * Where planning or a segment goes on.
 *
 * @param number of a target when planning, of a part within a segment
 * @param within where in it; null at its start
 * @param seen media of the part so far
 */
record Place(int number, @Nullable String within, long seen) {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Place START = at(0, null);

  /** A place of which nothing was seen. */
  static Place at(int number, @Nullable String within) {
    return new Place(number, within, 0);
  }

  static Place of(@Nullable Cursor cursor) {
    try {
      return cursor == null ? START : MAPPER.readValue(cursor.value(), Place.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not a place: " + cursor, e);
    }
  }

  Cursor cursor() {
    try {
      return new Cursor(MAPPER.writeValueAsString(this));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a place is always JSON", e);
    }
  }

  /** Where to go on in the target or part with this number. */
  @Nullable String withinOf(int other) {
    return other == number ? within : null;
  }
}
