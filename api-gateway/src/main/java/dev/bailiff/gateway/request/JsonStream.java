package dev.bailiff.gateway.request;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bailiff.schemas.api.ReplyJson;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;

/**
 * A reply that is written while it is read from the store, so that its length does not matter. Also
 * a reply with text of other servers, which may hold half a surrogate pair; only an escape can
 * write that half.
 */
@FunctionalInterface
public interface JsonStream {
  JsonMapper MAPPER =
      ReplyJson.configure(JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build());

  /** Writes the whole reply. */
  void write(JsonGenerator json) throws IOException;

  /** The reply as an entity of Jersey. */
  static StreamingOutput of(JsonStream stream) {
    return output -> {
      try (var json = MAPPER.createGenerator(output)) {
        stream.write(json);
      }
    };
  }

  /** A reply that is complete already. */
  static StreamingOutput ofValue(Record reply) {
    return of(json -> json.writePOJO(reply));
  }
}
