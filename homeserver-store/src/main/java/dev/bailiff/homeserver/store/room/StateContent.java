package dev.bailiff.homeserver.store.room;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.bailiff.database.PostgresText;
import org.jspecify.annotations.Nullable;

/**
 * Contents of state events, read leniently: clients put anything there. They are parsed here and
 * not by PostgreSQL, whose JSON operators refuse some escapes that clients send.
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
   * A key's text; null when it is not there, no text, or has a NUL or half a surrogate pair, which
   * neither PostgreSQL nor UTF-8 can hold.
   */
  static @Nullable String text(@Nullable JsonNode content, String key) {
    String text = content == null ? null : content.path(key).textValue();
    return text == null || !PostgresText.isStorable(text) ? null : text;
  }

  /** Whether other servers may take part, as the creation said. */
  static boolean federates(@Nullable JsonNode create) {
    return create == null || create.path("m.federate").asBoolean(true);
  }
}
