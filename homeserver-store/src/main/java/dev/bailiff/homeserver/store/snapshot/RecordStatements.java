package dev.bailiff.homeserver.store.snapshot;

import dev.bailiff.homeserver.store.snapshot.RecordColumn.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The statements that write a batch of records of one kind. Each column comes as an array: {@code
 * c0}, {@code c1} …
 */
record RecordStatements(
    String table,
    String conflict,
    int keyColumns,
    List<RecordColumn> columns,
    @Nullable String newestBy,
    Protection protection) {

  /** Stored rows take the snapshot's values. */
  String plain() {
    return insert("", changes(""), differences("excluded"));
  }

  /** Stored rows take the snapshot's values and count as unchanged from now on. */
  String overwriting() {
    return protection.marked()
        ? insert(
            "", changes(", changed_here = false"), differences("excluded") + " or t.changed_here")
        : plain();
  }

  /** Stored rows take the snapshot's values, except those that are left alone. */
  String guarded() {
    var condition = protection.condition();
    return insert(
        condition == null ? "" : "\nwhere not " + condition,
        changes(""),
        protection.marked()
            ? "(" + differences("excluded") + ") and not t.changed_here"
            : differences("excluded"));
  }

  /**
   * Counts the records that are left alone although they differ from the stored rows. The keys of
   * tables with marks are never null, so a plain comparison suffices and their index is used.
   */
  String leftAlone() {
    var conditions = new ArrayList<String>();
    var condition = protection.condition();
    if (condition != null) {
      conditions.add(condition);
    }
    if (protection.marked()) {
      conditions.add(
          "exists (select from homeserver.%s t where t.changed_here and %s and (%s))"
              .formatted(
                  table,
                  columns.subList(0, keyColumns).stream()
                      .map(column -> "t.%1$s = n.%1$s".formatted(column.name()))
                      .collect(Collectors.joining(" and ")),
                  differences("n")));
    }
    return "select count(*) from " + records() + " where " + String.join("\n  or ", conditions);
  }

  private String insert(String where, String changes, String differences) {
    return """
        insert into homeserver.%1$s as t (%2$s)
        select %3$s
        from %4$s%5$s
        on conflict %6$s %7$s
        """
        .formatted(
            table,
            names(),
            listed(RecordStatements::value),
            records(),
            where,
            conflict,
            changes.isEmpty() ? "do nothing" : changes + "\nwhere " + differences);
  }

  private String records() {
    var arrays = new ArrayList<String>();
    for (int i = 0; i < columns.size(); i++) {
      var type = columns.get(i).type();
      boolean typed = type == Type.FLAG || type == Type.NUMBER;
      arrays.add(":c" + i + "::" + (typed ? type.sql : "text") + "[]");
    }
    return "unnest(" + String.join(", ", arrays) + ") as n (" + names() + ")";
  }

  private String names() {
    return listed(RecordColumn::name);
  }

  private String listed(Function<RecordColumn, String> text) {
    return columns.stream().map(text).collect(Collectors.joining(", "));
  }

  private static String value(RecordColumn column) {
    return switch (column.type()) {
      case JSON -> "n." + column.name() + "::json";
      case BYTES -> "decode(n." + column.name() + ", 'hex')";
      default -> "n." + column.name();
    };
  }

  /** The update of a stored row; empty if the table has no columns beside its key. */
  private String changes(String more) {
    var values = columns.subList(keyColumns, columns.size());
    return values.isEmpty()
        ? ""
        : values.stream()
            .map(column -> "%1$s = excluded.%1$s".formatted(column.name()))
            .collect(Collectors.joining(", ", "do update set ", more));
  }

  /**
   * @param other alias of the rows with the snapshot's values
   */
  private String differences(String other) {
    return newestBy != null
        ? "%2$s.%1$s > t.%1$s".formatted(newestBy, other)
        : columns.subList(keyColumns, columns.size()).stream()
            .map(column -> difference(column, other))
            .collect(Collectors.joining(" or "));
  }

  /** PostgreSQL has no equality for {@code json}, so JSON is compared as text. */
  private static String difference(RecordColumn column, String other) {
    var cast = column.type() == Type.JSON ? "::text" : "";
    return "t.%1$s%2$s is distinct from %3$s.%1$s%2$s".formatted(column.name(), cast, other);
  }
}
