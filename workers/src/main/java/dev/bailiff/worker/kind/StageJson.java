package dev.bailiff.worker.kind;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/**
 * The JSON in which stages keep their ranges and places in the job store. Keys are the names of
 * record components.
 */
public final class StageJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private StageJson() {}

  /**
   * Reads a value that a stage of the same kind wrote.
   *
   * @throws IllegalStateException for any other text
   */
  public static <T> T read(String text, Class<T> type) {
    return read(text, MAPPER.constructType(type));
  }

  /**
   * Reads a list of values that a stage of the same kind wrote.
   *
   * @throws IllegalStateException for any other text
   */
  public static <T> List<T> readList(String text, Class<T> type) {
    return read(text, MAPPER.getTypeFactory().constructCollectionType(List.class, type));
  }

  private static <T> T read(String text, JavaType type) {
    try {
      return MAPPER.readValue(text, type);
    } catch (JsonProcessingException e) {
      // Without the text: it may be long, and the message becomes the segment's last error.
      throw new IllegalStateException(
          "the text is not the JSON of a " + type.getRawClass().getSimpleName(), e);
    }
  }

  /** The text of a record, or of a list of records. */
  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of ours is always JSON", e);
    }
  }
}
