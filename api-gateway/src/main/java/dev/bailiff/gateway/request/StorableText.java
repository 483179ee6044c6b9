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
   * Whether this is no longer than the protocol lets an id be, in bytes. The store could hold text
   * of any length, but find rows by at most 2,700 bytes.
   */
  public static boolean isShort(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length <= LONGEST_ID;
  }

  /**
   * Whether this, of a key of two such parts (medium and address, provider and id), is no longer
   * than the store takes, in bytes.
   */
  public static boolean fitsInPair(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length <= LONGEST_OF_PAIR;
  }

  /**
   * The text itself.
   *
   * @throws ApiException 400 {@code M_BAD_JSON} if it cannot be stored
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
