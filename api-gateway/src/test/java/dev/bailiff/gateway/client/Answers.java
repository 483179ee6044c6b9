package dev.bailiff.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.gateway.Reply;
import java.util.List;

/** What every client takes for granted of an answer. */
final class Answers {
  /** What is not served is said so in JSON, which synadm parses whatever the status. */
  static final String UNRECOGNIZED = "404 M_UNRECOGNIZED";

  private Answers() {}

  /** The body of an answer that went well. */
  static JsonNode ok(Reply reply) {
    assertThat(reply.outcome()).as(reply.body()).isEqualTo("200");
    return reply.json();
  }

  /** Fails unless an object has all these keys, be they null. */
  static void hasKeys(JsonNode object, List<String> keys) {
    assertThat(object.fieldNames()).toIterable().containsAll(keys);
  }

  /** Fails unless a key holds text, as typed clients demand. */
  static void isText(JsonNode object, String key) {
    assertThat(object.path(key).isTextual()).as("%s of %s", key, object).isTrue();
  }
}
