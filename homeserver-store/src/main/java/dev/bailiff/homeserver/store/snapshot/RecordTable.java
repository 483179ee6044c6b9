package dev.bailiff.homeserver.store.snapshot;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * The table that the records of a kind go to. Its statement takes a whole batch as arrays. A row
 * that is stored already takes the snapshot's values, and is not touched if it has them.
 */
final class RecordTable {

  private final String table;
  private final String conflict;
  private final int keyColumns;
  private final List<RecordColumn> columns;
  private final Function<JsonFields, @Nullable Object[]> reader;
  private final @Nullable String newestBy;
  private final Protection protection;

  /**
   * @param conflict the text after "on conflict": the columns or constraint of the key
   * @param keyColumns how many of the columns, from the first on, are the key
   */
  RecordTable(String table, String conflict, int keyColumns, List<RecordColumn> columns) {
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
      List<RecordColumn> columns,
      Function<JsonFields, @Nullable Object[]> reader) {
    this(table, conflict, keyColumns, columns, reader, null, Protection.NONE);
  }

  private RecordTable(
      String table,
      String conflict,
      int keyColumns,
      List<RecordColumn> columns,
      Function<JsonFields, @Nullable Object[]> reader,
      @Nullable String newestBy,
      Protection protection) {
    this.table = table;
    this.conflict = conflict;
    this.keyColumns = keyColumns;
    this.columns = columns;
    this.reader = reader;
    this.newestBy = newestBy;
    this.protection = protection;
  }

  /** The same table, with protection for the rows that a second import leaves alone. */
  RecordTable leaving(Protection left) {
    return new RecordTable(table, conflict, keyColumns, columns, reader, newestBy, left);
  }

  /**
   * The same table, except that of two rows with the same key the one with the greatest number
   * counts. The order in the snapshot does not matter, nor does it matter whether one of the two is
   * stored already.
   *
   * @param column a number that every row has
   */
  RecordTable newestBy(String column) {
    return new RecordTable(table, conflict, keyColumns, columns, reader, column, protection);
  }

  @Nullable Object[] read(JsonFields fields) {
    return reader.apply(fields);
  }

  /**
   * Writes rows. Of two rows with the same key the later one counts, or with {@link #newestBy} the
   * newest.
   *
   * @return how many rows are left alone
   */
  long write(Handle handle, List<@Nullable Object[]> rows, ImportMode mode) {
    Map<List<Object>, @Nullable Object[]> distinct = new LinkedHashMap<>();
    for (Object[] row : rows) {
      distinct.merge(Arrays.asList(row).subList(0, keyColumns), row, this::counting);
    }
    boolean guarded = mode == ImportMode.AGAIN && !protection.isNone();
    long left = 0;
    if (guarded) {
      left =
          bind(handle.createQuery(statements().leftAlone()), distinct.values())
              .mapTo(Long.class)
              .one();
    }
    var sql =
        guarded
            ? statements().guarded()
            : mode == ImportMode.OVERWRITE ? statements().overwriting() : statements().plain();
    bind(handle.createUpdate(sql), distinct.values()).execute();
    return left;
  }

  private RecordStatements statements() {
    return new RecordStatements(table, conflict, keyColumns, columns, newestBy, protection);
  }

  private <S extends SqlStatement<S>> S bind(S statement, Collection<@Nullable Object[]> distinct) {
    for (int i = 0; i < columns.size(); i++) {
      int index = i;
      statement.bindArray(
          "c" + i, columns.get(i).type().java, distinct.stream().map(row -> row[index]).toArray());
    }
    return statement;
  }

  private @Nullable Object[] counting(@Nullable Object[] earlier, @Nullable Object[] later) {
    if (newestBy == null) {
      return later;
    }
    int index = columns.stream().map(RecordColumn::name).toList().indexOf(newestBy);
    return time(later[index]) > time(earlier[index]) ? later : earlier;
  }

  private static long time(@Nullable Object value) {
    return value instanceof Long number ? number : Long.MIN_VALUE;
  }
}
