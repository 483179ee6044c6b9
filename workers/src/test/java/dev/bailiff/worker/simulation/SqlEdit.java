package dev.bailiff.worker.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A change to the text of statements; most statements stay the same. */
record SqlEdit(String from, String to) {

  String apply(String sql) {
    return sql.replace(from, to);
  }

  /** Applies edits in order. */
  static String applyAll(List<SqlEdit> edits, String sql) {
    for (var edit : edits) {
      sql = edit.apply(sql);
    }
    return sql;
  }

  /** The edits that change none of these statements when all are applied in order. */
  static List<SqlEdit> withoutEffect(List<SqlEdit> edits, Collection<String> statements) {
    var left = new ArrayList<>(edits);
    for (var statement : statements) {
      var sql = statement;
      for (var edit : edits) {
        var edited = edit.apply(sql);
        if (!edited.equals(sql)) {
          left.remove(edit);
        }
        sql = edited;
      }
    }
    return left;
  }
}
