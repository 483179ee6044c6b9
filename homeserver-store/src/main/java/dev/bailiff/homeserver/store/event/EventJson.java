package dev.bailiff.homeserver.store.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * JSON of events. Jackson parses it and not PostgreSQL, because PostgreSQL's JSON operators refuse
 * documents with {@code \u0000} or lone surrogates. Clients may send both, and both must be
 * returned unchanged.
 */
public final class EventJson {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          // a lone surrogate has no UTF-8 form; only as an escape can it reach the store
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private EventJson() {}

  /** An empty object. */
  public static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /** An empty array. */
  public static ArrayNode array() {
    return JSON.createArrayNode();
  }

  /** Reads JSON; a missing node for null and for text that is no JSON. */
  public static JsonNode parse(@Nullable String text) {
    if (text == null) {
      return MissingNode.getInstance();
    }
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  /** The JSON text of a node, in ASCII. */
  public static String write(JsonNode node) {
    try {
      return JSON.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree can be written", e);
    }
  }
}
