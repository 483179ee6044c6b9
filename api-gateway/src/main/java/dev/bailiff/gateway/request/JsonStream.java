package dev.bailiff.gateway.request;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;

/**
 * A reply that is written while it is read from the store, so that its length does not matter; or
 * one with text of other servers in it, which may hold half a surrogate pair and then has no form
 * but an escape.
 */
@FunctionalInterface
public interface JsonStream {
  JsonMapper MAPPER = JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  /** Writes the whole reply. */
  void write(JsonGenerator json) throws IOException;

  /** As an entity of Jersey. */
  static StreamingOutput of(JsonStream stream) {
    return output -> {
      try (var json = MAPPER.createGenerator(output)) {
        stream.write(json);
      }
    };
  }

  /** A value that is there already. */
  static StreamingOutput ofValue(JsonNode value) {
    return of(json -> json.writeTree(value));
  }
}
