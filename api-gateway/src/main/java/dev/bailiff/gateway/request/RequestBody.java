package dev.bailiff.gateway.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import java.io.EOFException;
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
  private static final int PIECE = 8 * 1024;

  private final Source source;
  private final BodyLimit limit;
  private final BodyBudget budget;
  private @Nullable BodyReading reading;

  /**
   * The source of a body.
   *
   * @param declared bytes that the client announced; below 0 if it announced none
   * @param gzip whether the body is compressed
   * @param type the header {@code Content-Type}; empty if there is none
   */
  public record Source(InputStream stream, long declared, boolean gzip, String type) {
    /** Request attribute: the header, which Jersey does not see. */
    public static final String TYPE = "dev.bailiff.content-type";
  }

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

  /** The header {@code Content-Type}; empty if there is none. */
  public String type() {
    return source.type();
  }

  /** The body of any form, to be read piece by piece within these limits. */
  public BodyStream open(BodyLimit otherLimit, BodyBudget otherBudget) {
    return BodyStream.open(source, otherLimit, otherBudget);
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
    throw ApiException.bad(Errcode.M_BAD_JSON, "Content must be a JSON object.");
  }

  private static JsonNode parse(BodyReading read) {
    try {
      requireUtf8(read);
      var value = StrictJson.MAPPER.readTree(read.bytes(), 0, read.length());
      if (!value.isMissingNode()) {
        return value;
      }
      throw new EOFException();
    } catch (IOException e) {
      throw StrictJson.refusal(e);
    }
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
