package dev.bailiff.gateway.request;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.database.PostgresText;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import java.nio.charset.StandardCharsets;

/** Text that PostgreSQL can hold: no NUL and no unpaired surrogate. */
public final class StorableText {

  private static final int LONGEST_ID = 255;
  private static final int LONGEST_OF_PAIR = 1_000;

  private StorableText() {}

  /** Whether the store can hold this text. */
  public static boolean isStorable(String text) {
    return PostgresText.isStorable(text);
  }

  /**
   * Whether a text is no longer, in bytes, than the protocol allows for an id. The store could hold
   * text of any length, but finds rows by at most 2,700 bytes.
   */
  public static boolean isShort(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length <= LONGEST_ID;
  }

  /**
   * Whether a text is short enough, in bytes, to be one of the two parts of a key in the store
   * (medium and address, provider and id).
   */
  public static boolean fitsInPair(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length <= LONGEST_OF_PAIR;
  }

  /**
   * Returns the text.
   *
   * @throws ApiException 400 {@code M_BAD_JSON} if the text cannot be stored
   */
  public static String require(String text) {
    if (!isStorable(text)) {
      throw ApiException.bad(
          Errcode.M_BAD_JSON, "A string holds a character that cannot be stored");
    }
    return text;
  }

  /**
   * Checks every string of a JSON value.
   *
   * @throws ApiException 400 {@code M_BAD_JSON} if one cannot be stored
   */
  public static void requireAll(JsonNode value) {
    if (value.isTextual()) {
      require(value.textValue());
    }
    value.forEach(StorableText::requireAll);
  }
}
