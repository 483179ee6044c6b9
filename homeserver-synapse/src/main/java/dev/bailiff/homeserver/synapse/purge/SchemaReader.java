package dev.bailiff.homeserver.synapse.purge;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/**
 * Reads the schema of a Synapse database from PostgreSQL's catalogs. The texts are the same in all
 * versions of PostgreSQL that Synapse works on.
 */
final class SchemaReader {
  private static final String DELTAS =
      "select file from applied_schema_deltas where version > :base";

  private static final String TABLES =
      """
      select c.relname as name,
             string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ', '
                        order by a.attname::text collate "C") as columns
      from pg_class c
      join pg_attribute a on a.attrelid = c.oid
      where c.relnamespace = 'public'::regnamespace
        and c.relkind in ('r', 'p', 'f', 'm')
        and a.attnum > 0
        and not a.attisdropped
        and exists (
          select from pg_attribute k
          where k.attrelid = c.oid
            and k.attnum > 0
            and not k.attisdropped
            and k.attname in ('room_id', 'event_id', 'state_group'))
      group by c.relname""";

  private static final String FOREIGN_KEYS =
      """
      select c.conrelid::regclass || ': ' || pg_get_constraintdef(c.oid)
      from pg_constraint c
      where c.contype = 'f' and c.connamespace = 'public'::regnamespace""";

  private static final String TRIGGERS =
      """
      select t.tgrelid::regclass || ': ' || t.tgname || ' ' || t.tgtype::text || ' '
             || t.tgenabled::text || ' ' || p.proname
      from pg_trigger t
      join pg_class c on c.oid = t.tgrelid
      join pg_proc p on p.oid = t.tgfoid
      where not t.tgisinternal and c.relnamespace = 'public'::regnamespace""";

  private static final String INDEXES =
      """
      select pg_get_indexdef(i.indexrelid)
      from pg_index i
      join pg_class c on c.oid = i.indrelid
      where i.indisvalid
        and c.relnamespace = 'public'::regnamespace
        and (c.relname in (<tables>)
             or exists (
               select from pg_constraint f
               where f.contype = 'f'
                 and f.conrelid = c.oid
                 and f.confrelid = 'public.events'::regclass))""";

  private SchemaReader() {}

  static KnownSchema read(Handle handle) {
    return new KnownSchema(
        handle.createQuery("select version from schema_version").mapTo(Integer.class).one(),
        new TreeSet<>(
            handle.createQuery(DELTAS).bind("base", KnownSchema.BASE).mapTo(String.class).list()),
        tables(handle),
        texts(handle, FOREIGN_KEYS),
        texts(handle, TRIGGERS),
        indexes(handle));
  }

  private static SortedMap<String, String> tables(Handle handle) {
    var tables = new TreeMap<String, String>();
    handle
        .createQuery(TABLES)
        .map((row, context) -> tables.put(row.getString("name"), row.getString("columns")))
        .list();
    return tables;
  }

  private static TreeSet<String> indexes(Handle handle) {
    return new TreeSet<>(
        handle
            .createQuery(INDEXES)
            .bindList("tables", PurgeTables.all())
            .mapTo(String.class)
            .list());
  }

  private static TreeSet<String> texts(Handle handle, String query) {
    return new TreeSet<>(handle.createQuery(query).mapTo(String.class).list());
  }
}
