package dev.bailiff.job.store;

import dev.bailiff.job.JobView.TargetView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A row of {@code jobs.target}, as readers return it. */
final class TargetViewRow {
  /** The columns of the row, for the alias {@code t}. */
  static final String COLUMNS =
      """
      t.target_n, t.target, t.failed, t.error_status, t.error_code, t.error_text, t.verdict, t.left_over,
      coalesce((select array_agg(f.key || '=' || f.value) from jsonb_each_text(t.facts) f), '{}') as facts
      """;

  private TargetViewRow() {}

  /** Reads a row with {@link #COLUMNS}. */
  static TargetView read(ResultSet row) throws SQLException {
    return new TargetView(
        row.getInt("target_n"),
        row.getString("target"),
        row.getBoolean("failed"),
        JobViewRow.error(row),
        row.getString("verdict"),
        strings(row, "left_over"),
        facts(strings(row, "facts")));
  }

  private static List<String> strings(ResultSet row, String column) throws SQLException {
    var array = row.getArray(column);
    return array == null ? List.of() : Arrays.asList((String[]) array.getArray());
  }

  private static Map<String, String> facts(List<String> pairs) {
    var facts = new HashMap<String, String>();
    for (var pair : pairs) {
      int equals = pair.indexOf('=');
      facts.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return facts;
  }
}
