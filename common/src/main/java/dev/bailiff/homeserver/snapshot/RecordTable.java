package dev.bailiff.homeserver.snapshot;

import dev.bailiff.homeserver.snapshot.Column.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * Where the records of a kind go. The statement takes a whole batch as arrays; a row that is there
 * already is brought up to the snapshot's values, and not touched when it has them.
 */
final class RecordTable {

  private final String table;
  private final String conflict;
  private final int keyColumns;
  private final List<Column> columns;
  private final Function<JsonFields, @Nullable Object[]> reader;
  private final @Nullable String newestBy;
  private final String sql;

  /**
   * @param conflict what follows "on conflict": the columns or constraint of the key
   * @param keyColumns how many of the columns, from the first on, are the key
   */
  RecordTable(String table, String conflict, int keyColumns, List<Column> columns) {
    this(
        table,
        conflict,
        keyColumns,
        columns,
        fields -> columns.stream().map(column -> column.read(fields)).toArray());
  }

  RecordTable(
      String table,
      String conflict,
      int keyColumns,
      List<Column> columns,
      Function<JsonFields, @Nullable Object[]> reader) {
    this(table, conflict, keyColumns, columns, reader, null);
  }

  private RecordTable(
      String table,
      String conflict,
      int keyColumns,
      List<Column> columns,
      Function<JsonFields, @Nullable Object[]> reader,
      @Nullable String newestBy) {
    this.table = table;
    this.conflict = conflict;
    this.keyColumns = keyColumns;
    this.columns = columns;
    this.reader = reader;
    this.newestBy = newestBy;
    this.sql = statement();
  }

  /**
   * The same, but of two rows with the same key the one with the greatest number counts, whichever
   * is in the snapshot, in what order, or in the store.
   *
   * @param column a number that every row has
   */
  RecordTable newestBy(String column) {
    return new RecordTable(table, conflict, keyColumns, columns, reader, column);
  }

  @Nullable Object[] read(JsonFields fields) {
    return reader.apply(fields);
  }

  /** Writes rows; of two with the same key the later one counts, or else the newest. */
  void write(Handle handle, List<@Nullable Object[]> rows) {
    Map<List<Object>, @Nullable Object[]> distinct = new LinkedHashMap<>();
    for (Object[] row : rows) {
      distinct.merge(Arrays.asList(row).subList(0, keyColumns), row, this::counting);
    }
    Update update = handle.createUpdate(sql);
    for (int i = 0; i < columns.size(); i++) {
      int index = i;
      update.bindArray(
          "c" + i,
          columns.get(i).type().java,
          distinct.values().stream().map(row -> row[index]).toArray());
    }
    update.execute();
  }

  private @Nullable Object[] counting(@Nullable Object[] earlier, @Nullable Object[] later) {
    if (newestBy == null) {
      return later;
    }
    int index = columns.stream().map(Column::name).toList().indexOf(newestBy);
    return time(later[index]) > time(earlier[index]) ? later : earlier;
  }

  private static long time(@Nullable Object value) {
    return value instanceof Long number ? number : Long.MIN_VALUE;
  }

  private String statement() {
    List<String> arrays = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<String> values = new ArrayList<>();
    List<String> changes = new ArrayList<>();
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      boolean typed = column.type() == Type.FLAG || column.type() == Type.NUMBER;
      arrays.add(":c" + i + "::" + (typed ? column.type().sql : "text") + "[]");
      names.add(column.name());
      values.add(
          switch (column.type()) {
            case JSON -> "n." + column.name() + "::json";
            case BYTES -> "decode(n." + column.name() + ", 'hex')";
            default -> "n." + column.name();
          });
      if (i >= keyColumns) {
        changes.add(column.name() + " = excluded." + column.name());
        // json has no equality of its own
        String cast = column.type() == Type.JSON ? "::text" : "";
        differences.add(
            "t.%1$s%2$s is distinct from excluded.%1$s%2$s".formatted(column.name(), cast));
      }
    }
    if (newestBy != null) {
      differences = List.of("excluded.%1$s > t.%1$s".formatted(newestBy));
    }
    String action =
        changes.isEmpty()
            ? "do nothing"
            : "do update set "
                + String.join(", ", changes)
                + "\nwhere "
                + String.join(" or ", differences);
    return """
        insert into homeserver.%1$s as t (%2$s)
        select %3$s
        from unnest(%4$s) as n (%2$s)
        on conflict %5$s %6$s
        """
        .formatted(
            table,
            String.join(", ", names),
            String.join(", ", values),
            arrays.stream().collect(Collectors.joining(", ")),
            conflict,
            action);
  }
}
