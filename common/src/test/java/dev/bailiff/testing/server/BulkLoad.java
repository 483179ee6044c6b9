package dev.bailiff.testing.server;

import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Fills tables with a million generated rows in a fraction of the time that the same inserts take
 * otherwise: triggers and foreign keys rest, and each index is made once, at the end. For tests
 * that look at plans. The rows must fit together by themselves, and sums that triggers keep are not
 * kept.
 */
public final class BulkLoad {
  /** Indexes behind a constraint stay, as the constraint would have to go with them. */
  private static final String INDEXES =
      """
      select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
        from pg_index i
       where i.indrelid = any(:tables::regclass[])
         and not exists (select from pg_constraint c where c.conindid = i.indexrelid)
       order by name
      """;

  private BulkLoad() {}

  /**
   * Fills the tables and brings their statistics up to date.
   *
   * @param tables with their schema
   * @param inserts the statements
   */
  public static void into(Jdbi jdbi, List<String> tables, Consumer<Handle> inserts) {
    jdbi.useHandle(
        handle -> {
          handle.execute("set synchronous_commit = off");
          handle.execute("set session_replication_role = replica");
          handle.execute("set maintenance_work_mem = '256MB'");
          var indexes = indexes(handle, tables);
          indexes.forEach(index -> handle.execute("drop index " + index.name()));
          inserts.accept(handle);
          indexes.forEach(index -> handle.execute(index.definition()));
          tables.forEach(table -> handle.execute("vacuum analyze " + table));
          handle.execute("reset all");
        });
  }

  private static List<Index> indexes(Handle handle, List<String> tables) {
    return handle
        .createQuery(INDEXES)
        .bind("tables", tables.toArray(String[]::new))
        .map((row, context) -> new Index(row.getString("name"), row.getString("definition")))
        .list();
  }

  private record Index(String name, String definition) {}
}
