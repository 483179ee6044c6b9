package dev.bailiff.gateway.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CoderResult;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request, read strictly as JSON (admin-api 1.6). The body is read when it is asked
 * for and not before: endpoints that document no body never touch it. Of a repeated key the last
 * one counts. Every question may throw an {@link ApiException}.
 */
public final class RequestBody implements AutoCloseable {
  // Digits of one number, as in Synapse: reading a number costs the square of its length.
  private static final int LONGEST_NUMBER = 4_300;

  private static final int DEEPEST_NESTING = 1_000;
  private static final int LONGEST_KEY = 50_000;

  // Ends of objects and lists count, too. The bound is far above the need of a million targets. A
  // bound is needed as an empty list, of three bytes, takes some fifty in memory.
  private static final long MOST_TOKENS = 4_000_000;

  private static final String TOO_DEEP_OR_LONG =
      "The body is nested deeper than %d levels, or holds more than %d values, a number of more than %d digits or a key of more than %d characters"
          .formatted(DEEPEST_NESTING, MOST_TOKENS, LONGEST_NUMBER, LONGEST_KEY);

  private static final int PIECE = 8 * 1024;

  private static final JsonMapper STRICT =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNumberLength(LONGEST_NUMBER)
                          .maxNestingDepth(DEEPEST_NESTING)
                          .maxNameLength(LONGEST_KEY)
                          .maxTokenCount(MOST_TOKENS)
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

  private final Source source;
  private final BodyLimit limit;
  private final BodyBudget budget;
  private @Nullable BodyReading reading;

  /**
   * The source of a body.
   *
   * @param declared bytes that the client announced; below 0 if it announced none
   * @param gzip whether the body is compressed
   */
  public record Source(InputStream stream, long declared, boolean gzip) {}

  /**
   * @param limit limit of this body unless the endpoint has another
   * @param budget budget of all bodies together
   */
  public RequestBody(Source source, BodyLimit limit, BodyBudget budget) {
    this.source = source;
    this.limit = limit;
    this.budget = budget;
  }

  /** A JSON object; an empty body is an error. */
  public ObjectNode required() {
    return required(limit, budget);
  }

  /** A JSON object, within other limits than the usual ones; an empty body is an error. */
  public ObjectNode required(BodyLimit otherLimit, BodyBudget otherBudget) {
    return object(parse(read(otherLimit, otherBudget)));
  }

  /** A JSON object; an empty body is an empty object, and so is {@code null}. */
  public ObjectNode orEmpty() {
    var read = read(limit, budget);
    var value = read.length() == 0 ? NullNode.getInstance() : parse(read);
    return value.isNull() ? JsonNodeFactory.instance.objectNode() : object(value);
  }

  /** Gives the body's bytes back to the budget, at the end of the request. */
  @Override
  public void close() {
    if (reading != null) {
      reading.close();
    }
  }

  private BodyReading read(BodyLimit most, BodyBudget of) {
    var read = new BodyReading(most, of);
    reading = read;
    try {
      read.read(
          source.gzip() ? GzipBodies.open(source.stream()) : source.stream(), source.declared());
    } catch (IOException e) {
      throw BodyReading.unreadable(e);
    }
    return read;
  }

  private static ObjectNode object(JsonNode value) {
    if (value instanceof ObjectNode object) {
      return object;
    }
    throw ApiException.bad(Errcode.M_BAD_JSON, "The body must be a JSON object");
  }

  private static JsonNode parse(BodyReading read) {
    try {
      requireUtf8(read);
      var value = STRICT.readTree(read.bytes(), 0, read.length());
      if (!value.isMissingNode()) {
        return value;
      }
    } catch (StreamConstraintsException e) {
      throw ApiException.bad(Errcode.M_NOT_JSON, TOO_DEEP_OR_LONG);
    } catch (IOException e) {
      // Refused below; the cause could quote the body.
    }
    throw ApiException.bad(Errcode.M_NOT_JSON, "The body is not JSON");
  }

  /**
   * Jackson would accept a byte-order mark, guess UTF-16 from bytes of value zero, and let some
   * broken UTF-8 pass. The text is decoded in pieces that are thrown away, as the whole text of a
   * large body would take twice its length once more.
   */
  private static void requireUtf8(BodyReading read) throws CharacterCodingException {
    var bytes = ByteBuffer.wrap(read.bytes(), 0, read.length());
    boolean marked =
        read.length() > 2 && bytes.getShort(0) == (short) 0xEFBB && bytes.get(2) == (byte) 0xBF;
    boolean guessed = false;
    for (int at = 0; at < Math.min(4, read.length()); at++) {
      guessed |= bytes.get(at) == 0;
    }
    if (marked || guessed) {
      throw new MalformedInputException(1);
    }
    var decoder = StandardCharsets.UTF_8.newDecoder();
    var piece = CharBuffer.allocate(PIECE);
    CoderResult result;
    do {
      result = decoder.decode(bytes, piece.clear(), true);
      if (result.isError()) {
        result.throwException();
      }
    } while (result.isOverflow());
  }
}
