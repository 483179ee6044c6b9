package dev.bailiff.database;

import java.util.List;
import org.jdbi.v3.core.Jdbi;

/**
 * Everything that migrations made in a database, one line per part: two databases with the same
 * lines have the same layout.
 */
final class Catalog {
  private static final String LINES =
      """
      with ours as (
        select oid, nspname from pg_namespace where nspname in ('jobs', 'access', 'homeserver')),
      relation as (
        select c.*, ours.nspname from pg_class c join ours on ours.oid = c.relnamespace
         where c.relname not like 'schema\\_history%')
      select 'schema ' || nspname from ours
      union all
      select 'extension ' || e.extname || ' in ' || n.nspname
        from pg_extension e join pg_namespace n on n.oid = e.extnamespace
      union all
      select format('relation %s.%s %s %s', nspname, relname, relkind, reloptions) from relation
      union all
      select format('column %s.%s %s %s %s %s %s %s %s %s', r.nspname, r.relname,
                    row_number() over (partition by r.oid order by a.attnum), a.attname,
                    format_type(a.atttypid, a.atttypmod), l.collname, a.attnotnull, a.attidentity,
                    a.attgenerated, pg_get_expr(d.adbin, d.adrelid))
        from relation r
        join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
        left join pg_collation l on l.oid = a.attcollation
        left join pg_attrdef d on d.adrelid = r.oid and d.adnum = a.attnum
       where r.relkind = 'r'
      union all
      select 'index ' || pg_get_indexdef(r.oid) from relation r where r.relkind = 'i'
      union all
      select format('constraint %s.%s %s %s', r.nspname, r.relname, c.conname, pg_get_constraintdef(c.oid))
        from relation r join pg_constraint c on c.conrelid = r.oid
      union all
      select 'trigger ' || pg_get_triggerdef(t.oid)
        from relation r join pg_trigger t on t.tgrelid = r.oid where not t.tgisinternal
      union all
      select 'function ' || pg_get_functiondef(p.oid) from pg_proc p join ours on ours.oid = p.pronamespace
      union all
      select format('sequence %s.%s %s %s %s %s', s.schemaname, s.sequencename, s.data_type, s.start_value,
                    s.increment_by, s.cache_size)
        from pg_sequences s join ours on ours.nspname = s.schemaname
      union all
      select format('comment %s.%s %s %s', r.nspname, r.relname, d.objsubid, d.description)
        from relation r join pg_description d on d.objoid = r.oid and d.classoid = 'pg_class'::regclass
      order by 1
      """;

  private Catalog() {}

  static List<String> of(Jdbi jdbi) {
    return jdbi.withHandle(handle -> handle.select(LINES).mapTo(String.class).list());
  }
}
