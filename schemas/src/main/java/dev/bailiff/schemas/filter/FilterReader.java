package dev.bailiff.schemas.filter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.schemas.kind.TargetType;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a filter out of JSON. For one filter. */
public final class FilterReader {
  private final TargetType targets;
  private final Instant now;

  private FilterReader(TargetType targets, Instant now) {
    this.targets = targets;
    this.now = now;
  }

  /**
   * The filter of a client.
   *
   * @param now the moment before which relative times lie
   * @throws FilterException with the name of the condition at fault
   */
  public static TargetFilter read(TargetType targets, JsonNode json, Instant now)
      throws FilterException {
    var reader = new FilterReader(targets, now);
    var filter = new TargetFilter(targets, reader.conditions(json));
    FilterConflicts.refuse(filter);
    return filter;
  }

  /**
   * The filter that was stored with a job.
   *
   * @throws IllegalStateException if this release cannot read it
   */
  public static TargetFilter stored(TargetType targets, JsonNode json) {
    try {
      return read(targets, json, Instant.EPOCH);
    } catch (FilterException e) {
      throw new IllegalStateException("this release cannot read the job's filter", e);
    }
  }

  private Map<Condition, ConditionValue> conditions(JsonNode json) throws FilterException {
    if (!json.isObject()) {
      throw FilterException.wrongType("'filter' must be an object");
    }
    if (json.isEmpty()) {
      // All targets that there are: nobody who forgot to fill a filter in may get that.
      throw FilterException.impossible("'filter' must have at least one condition");
    }
    refuseUnknown(json);
    var conditions = new LinkedHashMap<Condition, ConditionValue>();
    for (var condition : Condition.of(targets)) {
      var value = json.get(condition.key());
      if (value != null) {
        conditions.put(condition, new ConditionReader(condition, now).read(value));
      } else if (condition.isOutByDefault()) {
        conditions.put(condition, new ConditionValue.Flag(Set.of(false)));
      }
    }
    return conditions;
  }

  private void refuseUnknown(JsonNode json) throws FilterException {
    for (var names = json.fieldNames(); names.hasNext(); ) {
      var name = names.next();
      if (Condition.find(targets, name).isEmpty()) {
        throw FilterException.impossible(unknown(name));
      }
    }
  }

  private String unknown(String name) {
    List<String> keys = Condition.of(targets).stream().map(Condition::key).toList();
    return "'"
        + name
        + "' is no condition on "
        + targets.plural()
        + NearestKey.of(name, keys)
            .map(key -> ". Did you mean '" + key + "'?")
            .orElse(". They are: " + String.join(", ", keys));
  }
}
