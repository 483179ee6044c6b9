package dev.bailiff.testing.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * The plan that PostgreSQL makes for a statement, without running it. The statement is prepared as
 * the driver prepares it, so that a test can see both the plan for given values and the generic
 * plan, which the server uses after a few executions.
 */
public final class QueryPlan {
  /** The kind of plan that PostgreSQL makes for a prepared statement. */
  public enum Mode {
    FORCE_CUSTOM_PLAN,
    FORCE_GENERIC_PLAN
  }

  private static final Pattern NAMED = Pattern.compile("(?<!:):([a-zA-Z][a-zA-Z0-9_]*)");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Node types that read rows by their known location. */
  private static final Set<String> BY_PLACE = Set.of("Bitmap Heap Scan", "Tid Scan");

  private final List<JsonNode> nodes = new ArrayList<>();
  private final String text;

  private QueryPlan(JsonNode root) {
    this.text = root.toPrettyString();
    collect(root.get(0).get("Plan"));
  }

  /**
   * Plans a statement.
   *
   * @param sql with named parameters, as JDBI gets it
   * @param arguments SQL expressions for the parameters
   */
  public static QueryPlan of(Handle handle, Mode mode, String sql, Map<String, String> arguments) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    Matcher matcher = NAMED.matcher(sql);
    StringBuilder numbered = new StringBuilder();
    while (matcher.find()) {
      int number = numbers.computeIfAbsent(matcher.group(1), name -> numbers.size() + 1);
      matcher.appendReplacement(numbered, "\\$" + number);
    }
    matcher.appendTail(numbered);
    List<String> values = new ArrayList<>();
    numbers
        .keySet()
        .forEach(
            name -> {
              if (!arguments.containsKey(name)) {
                throw new IllegalArgumentException("no argument for " + name);
              }
              values.add(arguments.get(name));
            });
    handle.execute("deallocate all");
    handle.execute("set plan_cache_mode = " + mode.name().toLowerCase(Locale.ROOT));
    try (var statement = handle.getConnection().createStatement()) {
      // Runs as a simple query, since JDBI and the driver would treat the numbers as their own
      // parameters.
      statement.execute("prepare planned as " + numbered);
      String call = values.isEmpty() ? "" : "(" + String.join(", ", values) + ")";
      try (var rows = statement.executeQuery("explain (format json) execute planned" + call)) {
        rows.next();
        return new QueryPlan(JSON.readTree(rows.getString(1)));
      }
    } catch (SQLException | JsonProcessingException e) {
      throw new IllegalStateException("cannot plan " + sql, e);
    }
  }

  private void collect(JsonNode node) {
    nodes.add(node);
    node.path("Plans").forEach(this::collect);
  }

  /** Node types that read a table from end to end, or an index without a condition. */
  public List<String> fullReads(String table) {
    return nodes.stream()
        .filter(node -> table.equals(node.path("Relation Name").asText()))
        .filter(node -> !node.path("Node Type").asText().equals("ModifyTable"))
        .filter(
            node -> !BY_PLACE.contains(node.path("Node Type").asText()) && !node.has("Index Cond"))
        .map(node -> node.path("Node Type").asText())
        .toList();
  }

  /** The reads of a table: node types, each with the condition on its index. */
  public List<String> reads(String table) {
    return nodes.stream()
        .filter(node -> table.equals(node.path("Relation Name").asText()))
        .filter(node -> !node.path("Node Type").asText().equals("ModifyTable"))
        .map(node -> node.path("Node Type").asText() + " " + node.path("Index Cond").asText())
        .toList();
  }

  @Override
  public String toString() {
    return text;
  }
}
