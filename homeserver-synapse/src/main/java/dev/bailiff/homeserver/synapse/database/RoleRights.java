package dev.bailiff.homeserver.synapse.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/**
 * The rights of the role of the connection, held against those that it needs. More rights are
 * refused as well: a role that can do more is a greater loss when its password is lost. Relations
 * of extensions do not count, as everybody may read them.
 */
public final class RoleRights {
  private static final String ROLE =
      """
      select r.rolsuper or r.rolcreaterole or r.rolcreatedb or r.rolreplication or r.rolbypassrls
             or exists (select from pg_auth_members m where m.member = r.oid)
      from pg_roles r
      where r.rolname = current_user""";

  private static final String ON_TABLES =
      """
      select c.relname || ' ' || p.name
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      cross join unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES',
                              'TRIGGER']) as p (name)
      where n.nspname != 'information_schema'
        and n.nspname !~ '^pg_'
        and c.relkind in ('r', 'p', 'v', 'm', 'f')
        and not exists (
          select from pg_depend d
          where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
        and (has_table_privilege(c.oid, p.name)
             or p.name in ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES')
                and has_any_column_privilege(c.oid, p.name))""";

  private static final String ON_SEQUENCES =
      """
      select c.relname
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      where n.nspname !~ '^pg_'
        and case when c.relkind = 'S'
              then has_sequence_privilege(c.oid, 'USAGE, SELECT, UPDATE')
              else false
            end""";

  private RoleRights() {}

  /**
   * What speaks against the rights of the role; empty if nothing does.
   *
   * @param needed rights that the role must have
   * @param allowed rights that it may have besides
   */
  public static Optional<String> problem(Handle handle, TableRights needed, TableRights allowed) {
    if (handle.createQuery(ROLE).mapTo(Boolean.class).one()) {
      return Optional.of(
          "the role has more rights than it needs: it is a superuser, a member of another role, or"
              + " may create roles or databases");
    }
    var actual = new TreeSet<>(handle.createQuery(ON_TABLES).mapTo(String.class).list());
    var more = new ArrayList<>(difference(actual, words(needed.and(allowed))));
    handle
        .createQuery(ON_SEQUENCES)
        .mapTo(String.class)
        .forEach(sequence -> more.add("sequence " + sequence));
    if (!more.isEmpty()) {
      return Optional.of("the role has more rights than it needs: " + words(more));
    }
    var missing = difference(words(needed), actual);
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of("the role lacks rights: " + words(missing));
  }

  private static TreeSet<String> words(TableRights tables) {
    var words = new TreeSet<String>();
    tables
        .words()
        .forEach((table, rights) -> rights.forEach(right -> words.add(table + " " + right)));
    return words;
  }

  private static List<String> difference(TreeSet<String> one, TreeSet<String> other) {
    return one.stream().filter(right -> !other.contains(right)).toList();
  }

  private static String words(List<String> rights) {
    var first = String.join(", ", rights.subList(0, Math.min(3, rights.size())));
    var words = first.toLowerCase(Locale.ROOT);
    return rights.size() > 3 ? words + " and " + (rights.size() - 3) + " more" : words;
  }
}
