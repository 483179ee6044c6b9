package dev.bailiff.homeserver.store.room;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.bailiff.database.PostgresText;
import org.jspecify.annotations.Nullable;

/**
 * Reads contents of state events leniently, as clients may write anything there. Jackson parses
 * them and not PostgreSQL, because PostgreSQL's JSON operators refuse some escapes that clients
 * send.
 */
final class StateContent {

  private static final ObjectMapper JSON = new ObjectMapper();

  private StateContent() {}

  static JsonNode parse(String content) {
    try {
      return JSON.readTree(content);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  /**
   * The text of a key; null when the key is missing or holds no text, or when the text has a NUL or
   * half a surrogate pair, which neither PostgreSQL nor UTF-8 can hold.
   */
  static @Nullable String text(@Nullable JsonNode content, String key) {
    String text = content == null ? null : content.path(key).textValue();
    return text == null || !PostgresText.isStorable(text) ? null : text;
  }

  /** Whether other servers may take part in the room, by the content of its create event. */
  static boolean federates(@Nullable JsonNode create) {
    return create == null || create.path("m.federate").asBoolean(true);
  }
}
