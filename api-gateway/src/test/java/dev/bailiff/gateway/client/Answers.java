package dev.bailiff.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.gateway.Reply;
import java.util.List;

/** The properties of an answer that every client assumes. */
final class Answers {
  /** A call that is not served is refused in JSON, as synadm parses every answer. */
  static final String UNRECOGNIZED = "404 M_UNRECOGNIZED";

  private Answers() {}

  /** The body of an answer that went well. */
  static JsonNode ok(Reply reply) {
    assertThat(reply.outcome()).as(reply.body()).isEqualTo("200");
    return reply.json();
  }

  /** Fails unless an object has all these keys; their values may be null. */
  static void hasKeys(JsonNode object, List<String> keys) {
    assertThat(object.fieldNames()).toIterable().containsAll(keys);
  }

  /** Fails unless a key holds text, as typed clients demand. */
  static void isText(JsonNode object, String key) {
    assertThat(object.path(key).isTextual()).as("%s of %s", key, object).isTrue();
  }
}
