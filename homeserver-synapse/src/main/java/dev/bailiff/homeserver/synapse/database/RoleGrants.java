package dev.bailiff.homeserver.synapse.database;

import java.util.SortedSet;
import java.util.regex.Pattern;

/**
 * The SQL that makes a role with just the rights that it needs. An operator runs it in Synapse's
 * database. The role has no password: the operator sets one, or lets the server trust the worker's
 * address.
 */
public final class RoleGrants {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,63}");

  private RoleGrants() {}

  /**
   * The SQL for a role; it may be run again.
   *
   * @throws IllegalArgumentException for a name that PostgreSQL, or the quoting here, does not
   *     allow
   */
  public static String of(String role, TableRights rights) {
    if (!NAME.matcher(role).matches()) {
      throw new IllegalArgumentException(
          "a role's name has 1 to 63 letters, digits, dots, dashes or underscores");
    }
    var name = '"' + role + '"';
    var literal = "'" + role + "'";
    return """
        -- Run this in Synapse's database, as the owner of its tables.
        do $bailiff$
        begin
          if not exists (select from pg_roles where rolname = %s) then
            create role %s login;
          end if;
        end
        $bailiff$;
        revoke all on all tables in schema public from %s;
        revoke all on all sequences in schema public from %s;
        grant usage on schema public to %s;
        """
            .formatted(literal, name, name, name, name)
        + grant("select, delete", rights.deleted(), name)
        + grant("select", rights.read(), name);
  }

  private static String grant(String words, SortedSet<String> tables, String name) {
    return tables.isEmpty()
        ? ""
        : """
          grant %s on
            %s
            to %s;
          """
            .formatted(words, String.join(",\n  ", tables), name);
  }
}
