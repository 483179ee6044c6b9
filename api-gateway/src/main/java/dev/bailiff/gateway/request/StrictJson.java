package dev.bailiff.gateway.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

/** JSON as bodies have it, read strictly and within bounds. */
public final class StrictJson {
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

  static final JsonMapper MAPPER =
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

  private static final ObjectReader PART =
      MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private StrictJson() {}

  /** A text in UTF-8 as characters; reading fails where the bytes are not UTF-8. */
  public static Reader utf8(InputStream bytes) {
    return new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder());
  }

  /** A parser of a whole text. */
  public static JsonParser parser(Reader text) throws IOException {
    return MAPPER.createParser(text);
  }

  /** A text that is one value and nothing else; an absent value is a missing node. */
  public static JsonNode read(String text) throws IOException {
    return MAPPER.readTree(text);
  }

  /** The value at which a parser stands. */
  public static JsonNode value(JsonParser parser) throws IOException {
    return PART.readTree(parser);
  }

  /** The refusal of a body. The cause could quote the body, and is not told. */
  public static ApiException refusal(IOException cause) {
    return ApiException.bad(
        Errcode.M_NOT_JSON,
        cause instanceof StreamConstraintsException ? TOO_DEEP_OR_LONG : "The body is not JSON");
  }
}
