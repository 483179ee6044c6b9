package dev.bailiff.homeserver.synapse.selection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.schemas.filter.Condition;
import dev.bailiff.schemas.filter.ConditionValue.Amount;
import dev.bailiff.schemas.filter.ConditionValue.Globs;
import dev.bailiff.schemas.filter.ConditionValue.Moment;
import dev.bailiff.schemas.filter.TargetFilter;
import org.jspecify.annotations.Nullable;

/** Whether parts of Synapse's JSON meet the conditions of a filter. */
record JsonConditions(TargetFilter filter) {

  /** A text that may be null. */
  boolean glob(Condition condition, JsonNode text) {
    return filter.value(condition, Globs.class).orElseThrow().match(text(text));
  }

  boolean flag(Condition condition, boolean value) {
    return filter.allows(condition, value);
  }

  /** A time in milliseconds that may be null: at the moment or later. */
  boolean after(Condition condition, JsonNode time) {
    return time.isNumber() && time.longValue() >= millis(condition);
  }

  /** A time in milliseconds that may be null: before the moment. */
  boolean before(Condition condition, JsonNode time) {
    return time.isNumber() && time.longValue() < millis(condition);
  }

  long number(Condition condition) {
    return filter.value(condition, Amount.class).orElseThrow().number();
  }

  private long millis(Condition condition) {
    return filter.value(condition, Moment.class).orElseThrow().millis();
  }

  static @Nullable String text(JsonNode text) {
    return text.isTextual() ? text.textValue() : null;
  }
}
