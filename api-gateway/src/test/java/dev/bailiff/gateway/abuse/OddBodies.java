package dev.bailiff.gateway.abuse;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Bodies that are close to the example of a route, and some that are no JSON at all. */
final class OddBodies {
  private static final JsonNodeFactory JSON = JsonNodeFactory.withExactBigDecimals(true);

  /** Half of a surrogate pair can only be written as an escape. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private static final List<JsonNode> VALUES =
      List.of(
          JSON.nullNode(),
          JSON.booleanNode(true),
          JSON.booleanNode(false),
          JSON.numberNode(0),
          JSON.numberNode(1),
          JSON.numberNode(-1),
          JSON.numberNode(1L << 31),
          JSON.numberNode(Long.MAX_VALUE),
          JSON.numberNode(Long.MIN_VALUE),
          JSON.numberNode(BigInteger.ONE.shiftLeft(63)),
          JSON.numberNode(BigInteger.TEN.pow(400)),
          JSON.numberNode(new BigDecimal("1.0")),
          JSON.numberNode(new BigDecimal("0.5")),
          JSON.numberNode(new BigDecimal("1e400")),
          JSON.numberNode(new BigDecimal("1e999999999")),
          JSON.numberNode(new BigDecimal("-1e-999999999")),
          JSON.arrayNode(),
          JSON.objectNode(),
          JSON.arrayNode().add(1).addNull().add("a"),
          JSON.arrayNode().add("@none:chat.example").add("@none:chat.example"),
          JSON.objectNode().put("", "a").put("\uD800", "b"));

  private OddBodies() {}

  /** Bodies with keys that are missing, of another type or with odd values; or no JSON. */
  static Arbitrary<byte[]> odd(Route route) {
    var changes = Combinators.combine(Arbitraries.integers().between(0, 99), value());
    return Arbitraries.frequencyOf(
        Tuple.of(
            8,
            changes
                .as((place, value) -> new Change(place, value))
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(list -> written(changed(route, list)))),
        Tuple.of(1, Arbitraries.of(raw(route.body()))));
  }

  /** The example with each of its texts in turn replaced. */
  static List<byte[]> withEachText(Route route, String text) {
    var bodies = new ArrayList<byte[]>();
    for (JsonPointer place : places(parsed(route.body()), JsonPointer.empty())) {
      var body = parsed(route.body());
      var value = body.at(place);
      if (value.isTextual() || value.isNull()) {
        put(body, place, JSON.textNode(text));
        bodies.add(written(body));
      }
    }
    return bodies;
  }

  /** A new value for one of the places of the example; a missing value removes the place. */
  private record Change(int place, JsonNode value) {}

  private static Arbitrary<JsonNode> value() {
    return Arbitraries.frequencyOf(
        Tuple.of(5, Arbitraries.of(VALUES)),
        Tuple.of(5, OddText.any().map(JSON::textNode)),
        Tuple.of(1, OddText.any().map(text -> JSON.arrayNode().add(text))),
        Tuple.of(2, Arbitraries.just(JSON.missingNode())));
  }

  private static ObjectNode changed(Route route, List<Change> changes) {
    var body = parsed(route.body());
    for (Change change : changes) {
      var places = places(body, JsonPointer.empty());
      if (!places.isEmpty()) {
        // A copy: a value that is put into itself would be endless.
        put(body, places.get(change.place() % places.size()), change.value().deepCopy());
      }
    }
    return body;
  }

  private static void put(ObjectNode body, JsonPointer place, JsonNode value) {
    var parent = body.at(place.head());
    if (parent instanceof ArrayNode array) {
      if (value.isMissingNode()) {
        array.remove(place.last().getMatchingIndex());
      } else {
        array.set(place.last().getMatchingIndex(), value);
      }
    } else if (parent instanceof ObjectNode object) {
      if (value.isMissingNode()) {
        object.remove(place.last().getMatchingProperty());
      } else {
        object.set(place.last().getMatchingProperty(), value);
      }
    }
  }

  private static List<JsonPointer> places(JsonNode value, JsonPointer at) {
    var places = new ArrayList<JsonPointer>();
    value
        .properties()
        .forEach(entry -> add(places, entry.getValue(), at.appendProperty(entry.getKey())));
    for (int i = 0; value.isArray() && i < value.size(); i++) {
      add(places, value.get(i), at.appendIndex(i));
    }
    return places;
  }

  private static void add(List<JsonPointer> places, JsonNode value, JsonPointer at) {
    places.add(at);
    places.addAll(places(value, at));
  }

  private static ObjectNode parsed(String json) {
    try {
      return (ObjectNode) MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("routes.txt: " + json, e);
    }
  }

  private static byte[] written(JsonNode body) {
    try {
      return MAPPER.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no JSON: " + body, e);
    }
  }

  private static List<byte[]> raw(String example) {
    return Stream.concat(
            Stream.of(
                    "",
                    " ",
                    "{",
                    "[]",
                    "null",
                    "\"a\"",
                    "1",
                    "{} {}",
                    example + "x",
                    example.replaceFirst("\\{", "{\"a\":NaN,"),
                    example.replaceFirst("\\{", "{\"a\":1,\"a\":2,\"\\\\ud800\":\"\\\\u0000\","),
                    "\uFEFF" + example,
                    example.replace(':', ';'),
                    "{\"a\":".repeat(1_200) + "1" + "}".repeat(1_200),
                    "[".repeat(60_000),
                    "{\"a\":" + "9".repeat(10_000) + "}",
                    "{\"" + "k".repeat(60_000) + "\":1}",
                    " ".repeat(65_537))
                .map(text -> text.getBytes(StandardCharsets.UTF_8)),
            Stream.of(
                example.getBytes(StandardCharsets.UTF_16LE),
                "{\"a\":\"\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1),
                new byte[] {0, 1, 2, (byte) 0xff}))
        .toList();
  }
}
