package dev.bailiff.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.schemas.filter.Condition;
import dev.bailiff.schemas.filter.ConditionType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A filter as people type it, {@code created>-24h user_id=@crypto-* ip=203.0.113.0/24}, and the
 * JSON that it stands for. Conditions are separated by spaces. A comma separates values of which
 * any may match. Text in quotes may have spaces and commas. The keys are those of the JSON; some
 * have a shorter form with {@code <} and {@code >}. Whether the kind has a condition, and whether
 * its value can be, the gateway says.
 */
final class FilterText {
  private static final String OPERATOR = "(<=|>=|=|<|>)";
  private static final String PART = "(?:\"[^\"]*\"|'[^']*'|[^\\s\"'])*";

  private static final Pattern CONDITION =
      Pattern.compile("([a-z_]+)(?:" + OPERATOR + "(" + PART + "))?(?=\\s|$)");

  private static final Pattern VALUE = Pattern.compile("((?:\"[^\"]*\"|'[^']*'|[^,\"'])*)(?:,|$)");

  /** The shorter forms, and the keys that they stand for. */
  private static final Map<String, String> SHORT =
      Map.ofEntries(
          Map.entry("created>", "created_after"),
          Map.entry("created<", "created_before"),
          Map.entry("last_seen>", "last_seen_after"),
          Map.entry("last_seen<", "last_seen_before"),
          Map.entry("last_access<", "last_access_before"),
          Map.entry("activity<", "no_activity_since"),
          Map.entry("size>", "size_more_than"),
          Map.entry("members<=", "members_at_most"),
          Map.entry("members>=", "members_at_least"),
          Map.entry("local_members<=", "local_members_at_most"));

  private final String text;
  private final ObjectNode json = JsonNodeFactory.instance.objectNode();

  private FilterText(String text) {
    this.text = text;
  }

  /**
   * The JSON of a filter.
   *
   * @throws CommandException for text that is no filter
   */
  static ObjectNode parse(String text) {
    return new FilterText(text.strip()).parse();
  }

  private ObjectNode parse() {
    var conditions = CONDITION.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (!conditions.find(at) || conditions.start() != at) {
        throw refusal("'" + text.substring(at) + "' does not begin with a condition");
      }
      add(
          conditions.group(1),
          Optional.ofNullable(conditions.group(2)),
          Optional.ofNullable(conditions.group(3)).orElse("true"));
      at = conditions.end();
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
    }
    if (json.isEmpty()) {
      throw refusal("there is no condition");
    }
    return json;
  }

  /**
   * @param operator empty for a flag that stands alone
   */
  private void add(String name, Optional<String> operator, String value) {
    var key = operator.map(sign -> key(name, sign)).orElse(name);
    if (json.has(key)) {
      throw refusal("'" + key + "' comes twice; a comma separates values of which any may match");
    }
    var type = Condition.named(key).findFirst().map(Condition::type).orElse(ConditionType.TEXT);
    if (operator.isEmpty() && type != ConditionType.FLAG) {
      throw refusal("'" + name + "' has no value");
    }
    json.set(key, value(type, value));
  }

  private String key(String name, String operator) {
    var known = SHORT.get(name + operator);
    if (known != null) {
      return known;
    }
    if (!operator.equals("=")) {
      throw refusal(
          "'"
              + name
              + operator
              + "' is no condition; with < and > there are: "
              + String.join(", ", SHORT.keySet().stream().sorted().toList()));
    }
    return name;
  }

  private static JsonNode value(ConditionType type, String text) {
    var values = values(text);
    if (values.size() == 1) {
      return one(type, values.get(0));
    }
    var list = JsonNodeFactory.instance.arrayNode();
    values.forEach(value -> list.add(one(type, value)));
    return list;
  }

  private static List<String> values(String text) {
    var values = new ArrayList<String>();
    var each = VALUE.matcher(text);
    int at = 0;
    while (at <= text.length() && each.find(at) && each.start() == at) {
      values.add(each.group(1).replaceAll("[\"']", ""));
      if (each.end() == text.length() && !text.endsWith(",")) {
        break;
      }
      at = Math.max(each.end(), at + 1);
    }
    return values;
  }

  /** A value that is not of the type goes as text, and the gateway says what is wrong with it. */
  private static JsonNode one(ConditionType type, String text) {
    var nodes = JsonNodeFactory.instance;
    if (type == ConditionType.FLAG && (text.equals("true") || text.equals("false"))) {
      return nodes.booleanNode(text.equals("true"));
    }
    return type == ConditionType.NUMBER && text.matches("\\d{1,18}")
        ? nodes.numberNode(Long.parseLong(text))
        : nodes.textNode(text);
  }

  private CommandException refusal(String why) {
    return new CommandException(ExitCode.WRONG_USAGE, "the filter cannot be read: " + why);
  }
}
