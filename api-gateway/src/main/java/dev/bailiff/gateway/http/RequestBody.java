package dev.bailiff.gateway.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.error.ErrorReply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeoutException;

/**
 * The body of a request, read strictly as JSON (admin-api 1.6) when it is asked for and not before:
 * endpoints that document no body never touch it. Of a repeated key the last one counts. Every
 * question may throw an {@link ApiException}.
 */
public final class RequestBody {
  // Digits of one number, as in Synapse: reading a number costs the square of its length.
  private static final int LONGEST_NUMBER = 4_300;

  private static final int DEEPEST_NESTING = 1_000;
  private static final int LONGEST_KEY = 50_000;

  private static final String TOO_DEEP_OR_LONG =
      "The body is nested deeper than %d levels, or holds a number of more than %d digits or a key of more than %d characters"
          .formatted(DEEPEST_NESTING, LONGEST_NUMBER, LONGEST_KEY);

  private static final int PIECE = 16 * 1024;

  // A client that sends everything before it reads would be cut off, and never see why it was
  // refused.
  private static final long MOST_DISCARDED = 16L * 1024 * 1024;

  private static final JsonMapper STRICT =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNumberLength(LONGEST_NUMBER)
                          .maxNestingDepth(DEEPEST_NESTING)
                          .maxNameLength(LONGEST_KEY)
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
  private final BodyLimit limit;

  public RequestBody(InputStream stream, BodyLimit limit) {
    this.stream = stream;
    this.limit = limit;
  }

  /** A JSON object; an empty body is an error. */
  public ObjectNode required() {
    return object(read(limit));
  }

  /** A JSON object, within another limit than the usual one; an empty body is an error. */
  public ObjectNode required(BodyLimit other) {
    return object(read(other));
  }

  /** A JSON object; an empty body is an empty object. */
  public ObjectNode orEmpty() {
    var bytes = read(limit);
    return bytes.length == 0 ? JsonNodeFactory.instance.objectNode() : object(bytes);
  }

  private byte[] read(BodyLimit most) {
    long begun = System.nanoTime();
    var body = new ByteArrayOutputStream();
    byte[] piece = new byte[PIECE];
    long length = 0;
    try {
      int got;
      // Each read waits for one piece, and no longer than the connection may stand idle.
      while ((got = stream.read(piece)) >= 0 && length <= most.bytes() + MOST_DISCARDED) {
        length += got;
        if (length <= most.bytes()) {
          body.write(piece, 0, got);
        }
        if (System.nanoTime() - begun > most.time().toNanos()) {
          throw tooSlow();
        }
      }
    } catch (IOException e) {
      throw unreadable(e);
    } catch (RuntimeException e) {
      // Jetty's way of saying that what should be gzip is none.
      throw e.getCause() instanceof IOException broken ? unreadable(broken) : e;
    }
    if (length > most.bytes()) {
      throw new ApiException(
          413, Errcode.M_TOO_LARGE, "The body is larger than " + most.bytes() + " bytes");
    }
    return body.toByteArray();
  }

  private static ApiException unreadable(IOException failure) {
    return isTimeout(failure)
        ? tooSlow()
        : ApiException.bad(Errcode.M_NOT_JSON, "The body could not be read");
  }

  private static boolean isTimeout(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof TimeoutException) {
        return true;
      }
    }
    return false;
  }

  private static ApiException tooSlow() {
    return new ApiException(ErrorReply.ofStatus(408));
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
    } catch (StreamConstraintsException e) {
      throw ApiException.bad(Errcode.M_NOT_JSON, TOO_DEEP_OR_LONG);
    } catch (CharacterCodingException | JsonProcessingException e) {
      // Told below; the cause could quote the body.
    }
    throw ApiException.bad(Errcode.M_NOT_JSON, "The body is not JSON");
  }
}
