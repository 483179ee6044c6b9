package dev.bailiff.gateway.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The body of a request, read strictly as JSON (admin-api 1.6) when it is asked for and not before:
 * endpoints that document no body never touch it. Of a repeated key the last one counts. Every
 * question may throw an {@link ApiException}.
 */
public final class RequestBody {
  // Digits of one number, as in Synapse: reading a number costs the square of its length.
  private static final int LONGEST_NUMBER = 4_300;

  private static final JsonMapper STRICT =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNumberLength(LONGEST_NUMBER)
                          .maxStringLength(Integer.MAX_VALUE)
                          .build())
                  // Keys come from outside: they must not fill caches that live as long as the
                  // process.
                  .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                  .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final InputStream stream;
  private final long limit;

  /**
   * @param limit in bytes, after decompression
   */
  public RequestBody(InputStream stream, long limit) {
    this.stream = stream;
    this.limit = limit;
  }

  /** A JSON object; an empty body is an error. */
  public ObjectNode required() {
    return object(read(limit));
  }

  /**
   * A JSON object of at most {@code bytes} bytes instead of the usual limit; an empty body is an
   * error.
   */
  public ObjectNode required(long bytes) {
    return object(read(bytes));
  }

  /** A JSON object; an empty body is an empty object. */
  public ObjectNode orEmpty() {
    var bytes = read(limit);
    return bytes.length == 0 ? JsonNodeFactory.instance.objectNode() : object(bytes);
  }

  private byte[] read(long most) {
    try {
      var bytes = stream.readNBytes((int) Math.min(most + 1, Integer.MAX_VALUE - 8));
      if (bytes.length > most) {
        throw new ApiException(
            413, Errcode.M_TOO_LARGE, "The body is larger than " + most + " bytes");
      }
      return bytes;
    } catch (IOException e) {
      throw ApiException.bad(Errcode.M_NOT_JSON, "The body could not be read");
    }
  }

  private static ObjectNode object(byte[] bytes) {
    if (parse(bytes) instanceof ObjectNode object) {
      return object;
    }
    throw ApiException.bad(Errcode.M_BAD_JSON, "The body must be a JSON object");
  }

  private static JsonNode parse(byte[] bytes) {
    try {
      // Decoded here, as Jackson would guess UTF-16 and swallow a byte-order mark.
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (!text.startsWith("\uFEFF")) {
        var value = STRICT.readTree(text);
        if (!value.isMissingNode()) {
          return value;
        }
      }
    } catch (CharacterCodingException | JsonProcessingException e) {
      // Told below; the cause could quote the body.
    }
    throw ApiException.bad(Errcode.M_NOT_JSON, "The body is not JSON");
  }
}
