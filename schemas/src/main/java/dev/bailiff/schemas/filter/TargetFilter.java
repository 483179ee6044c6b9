package dev.bailiff.schemas.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.schemas.kind.TargetType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Conditions that are all to be met by a target. Times are fixed, and flags that a client did not
 * name have their usual value, so that the same filter means the same tomorrow.
 *
 * @param targets the type of the targets
 * @param conditions of that type, at least one, in the order of {@link Condition#of}
 */
public record TargetFilter(TargetType targets, Map<Condition, ConditionValue> conditions) {

  public TargetFilter {
    conditions = new LinkedHashMap<>(conditions);
  }

  /** The value of a condition, if the filter has the condition. */
  public <T extends ConditionValue> Optional<T> value(Condition condition, Class<T> type) {
    return Optional.ofNullable(conditions.get(condition)).map(type::cast);
  }

  /** Whether a flag may have this value. */
  public boolean allows(Condition condition, boolean value) {
    return value(condition, ConditionValue.Flag.class).map(flag -> flag.allows(value)).orElse(true);
  }

  /**
   * Whether the filter has a condition that excludes a target: a flag that may have either value
   * excludes none.
   */
  public boolean asks(Condition condition) {
    var value = conditions.get(condition);
    return value != null && !(value instanceof ConditionValue.Flag flag && flag.any().size() == 2);
  }

  /** Calls for each condition that excludes targets, in order. */
  public void forEachAsked(BiConsumer<Condition, ConditionValue> call) {
    conditions.forEach(
        (condition, value) -> {
          if (asks(condition)) {
            call.accept(condition, value);
          }
        });
  }

  /** The JSON that {@link FilterReader} reads back as the same filter. */
  public ObjectNode json() {
    var json = JsonNodeFactory.instance.objectNode();
    conditions.forEach((condition, value) -> json.set(condition.key(), json(value)));
    return json;
  }

  private static JsonNode json(ConditionValue value) {
    var nodes = JsonNodeFactory.instance;
    if (value instanceof ConditionValue.Globs globs) {
      return texts(globs.any(), Glob::text);
    }
    if (value instanceof ConditionValue.Texts texts) {
      return texts(texts.any(), Function.identity());
    }
    if (value instanceof ConditionValue.Networks networks) {
      return texts(networks.any(), Network::text);
    }
    if (value instanceof ConditionValue.Moment moment) {
      return nodes.textNode(moment.at().toString());
    }
    if (value instanceof ConditionValue.Amount amount) {
      return nodes.numberNode(amount.number());
    }
    var flags = ((ConditionValue.Flag) value).any();
    return flags.size() == 1
        ? nodes.booleanNode(flags.contains(true))
        : nodes.arrayNode().add(true).add(false);
  }

  private static <T> JsonNode texts(List<T> values, Function<T, String> text) {
    if (values.size() == 1) {
      return JsonNodeFactory.instance.textNode(text.apply(values.get(0)));
    }
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    values.forEach(value -> list.add(text.apply(value)));
    return list;
  }
}
