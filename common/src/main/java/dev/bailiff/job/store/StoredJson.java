package dev.bailiff.job.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/** The JSON of columns of the job store: parameters of jobs and facts of targets. */
final class StoredJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

  private StoredJson() {}

  /** Any JSON. */
  static JsonNode tree(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the store holds no JSON", e);
    }
  }

  /** An object of strings. */
  static Map<String, String> texts(String text) {
    try {
      return MAPPER.readValue(text, TEXTS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("facts are an object of strings", e);
    }
  }

  /** A record as JSON. */
  static JsonNode of(Record value) {
    return MAPPER.valueToTree(value);
  }
}
