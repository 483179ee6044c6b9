package dev.bailiff.homeserver.synapse.batch;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bailiff.homeserver.batch.Cursor;

/** Cursors and ranges as JSON texts of small records. */
public final class CursorJson {
  private static final ObjectMapper JSON =
      new ObjectMapper().setSerializationInclusion(JsonInclude.Include.NON_NULL);

  private CursorJson() {}

  /** The text of a record. */
  public static String text(Record record) {
    try {
      return JSON.writeValueAsString(record);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A cursor that holds a record. */
  public static Cursor cursor(Record record) {
    return new Cursor(text(record));
  }

  /** The record that a text holds. */
  public static <R extends Record> R read(String text, Class<R> type) {
    try {
      return JSON.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not a " + type.getSimpleName() + " of ours", e);
    }
  }
}
