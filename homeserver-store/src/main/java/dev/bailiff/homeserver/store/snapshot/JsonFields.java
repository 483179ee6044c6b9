package dev.bailiff.homeserver.store.snapshot;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one JSON object. Nested values keep the exact characters of the source, so that the
 * API returns them as clients wrote them, with their escapes, their numbers and their order of
 * keys.
 */
final class JsonFields {

  private static final JsonFactory FACTORY = new JsonFactory();

  /** A value: its token, its characters, and for a string its text. */
  record Value(JsonToken token, String raw, @Nullable String text) {}

  private final Map<String, Value> values;

  private JsonFields(Map<String, Value> values) {
    this.values = values;
  }

  static JsonFields parse(String source) {
    Map<String, Value> values = new LinkedHashMap<>();
    try (JsonParser parser = FACTORY.createParser(source)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new BadRecordException("not a JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String key = parser.currentName();
        values.put(key, value(parser, source));
      }
      if (parser.nextToken() != null) {
        throw new BadRecordException("more than one JSON object");
      }
    } catch (JsonProcessingException e) {
      throw new BadRecordException("not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new BadRecordException("not JSON: " + e.getMessage());
    }
    return new JsonFields(values);
  }

  private static Value value(JsonParser parser, String source) throws IOException {
    JsonToken token = parser.nextToken();
    int start = (int) parser.currentTokenLocation().getCharOffset();
    String text = null;
    if (token == JsonToken.VALUE_STRING) {
      text = parser.getText();
    } else if (token.isScalarValue()) {
      return new Value(token, parser.getText(), null);
    }
    parser.skipChildren();
    int end = (int) parser.currentLocation().getCharOffset();
    return new Value(token, source.substring(start, end), text);
  }

  /** The value of a key; null when the key is missing or its value is JSON's null. */
  @Nullable Value find(String key) {
    Value value = values.get(key);
    return value == null || value.token() == JsonToken.VALUE_NULL ? null : value;
  }

  Map<String, Value> all() {
    return values;
  }
}
