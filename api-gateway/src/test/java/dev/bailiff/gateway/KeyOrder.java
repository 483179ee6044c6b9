package dev.bailiff.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Checks the order of the keys of a body against the OpenAPI document: the keys of one {@code
 * properties} come in the order of the document. JSON gives the order no meaning, but a changed
 * order shows that a reply is built in another way than before.
 *
 * @param document the whole document, as its schemas refer to each other
 */
record KeyOrder(ObjectNode document) {
  /** Events keep the key order of the clients and servers that sent them. */
  private static final Set<String> FREE =
      Set.of("#/components/schemas/ClientEvent", "#/components/schemas/FederationEvent");

  /** Fails, with the call in the message, if keys come in another order. */
  void hold(String call, JsonNode schema, JsonNode value) {
    if (FREE.contains(schema.path("$ref").asText())) {
      return;
    }
    var meant = resolved(schema);
    if (value.isArray()) {
      value.forEach(item -> hold(call, meant.path("items"), item));
    }
    if (!value.isObject()) {
      return;
    }
    choices(meant)
        .filter(choice -> keys(value).stream().allMatch(key -> has(choice, key)))
        .findFirst()
        .ifPresent(choice -> hold(call, choice, value));
    meant.path("allOf").forEach(part -> hold(call, part, value));
    holdOrder(call, meant.path("properties"), value);
    meant
        .path("properties")
        .properties()
        .forEach(entry -> hold(call, entry.getValue(), value.path(entry.getKey())));
    if (!meant.has("properties") && meant.path("additionalProperties").isObject()) {
      value.forEach(item -> hold(call, meant.path("additionalProperties"), item));
    }
  }

  private static void holdOrder(String call, JsonNode properties, JsonNode value) {
    var told = keys(properties).stream().filter(value::has).toList();
    var found = keys(value).stream().filter(properties::has).toList();
    if (!told.equals(found)) {
      throw new AssertionError(call + ": the keys are " + found + " and not " + told);
    }
  }

  /** Whether a schema, or one that it is made of, names a key. */
  private boolean has(JsonNode schema, String key) {
    var meant = resolved(schema);
    return meant.path("properties").has(key)
        || StreamSupport.stream(meant.path("allOf").spliterator(), false)
            .anyMatch(part -> has(part, key));
  }

  private static Stream<JsonNode> choices(JsonNode schema) {
    return StreamSupport.stream(schema.path("anyOf").spliterator(), false);
  }

  private static List<String> keys(JsonNode object) {
    return object.propertyStream().map(entry -> entry.getKey()).toList();
  }

  private JsonNode resolved(JsonNode schema) {
    return schema.has("$ref")
        ? resolved(document.at(schema.path("$ref").asText().substring(1)))
        : schema;
  }
}
