package dev.bailiff.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * The rights of the role under which gateways and workers work, where another role owns the tables.
 * It reads and writes the rows of jobs, tokens and the own store. Of the audit it reads and adds
 * rows, and neither says when nor in which transaction they were added.
 */
final class RuntimeRole {

  /** The rights on any schema. {@code %1$s} is the schema, {@code %2$s} the role. */
  private static final List<String> OF_EVERY_SCHEMA =
      List.of(
          "grant usage on schema %1$s to %2$s",
          "grant select, insert, update, delete, maintain on all tables in schema %1$s to %2$s",
          "grant usage, select, update on all sequences in schema %1$s to %2$s",
          "revoke insert, update, delete, maintain on %1$s.schema_history from %2$s");

  /** What is less than that on the audit; {@code %1$s} is the role. */
  private static final List<String> OF_THE_AUDIT =
      List.of(
          """
          do $$ declare part regclass; begin
            for part in select inhrelid::regclass from pg_inherits where inhparent = 'access.audit'::regclass loop
              execute format('revoke all on %%s from %%I', part, '%1$s');
            end loop;
          end $$
          """,
          "revoke all on access.audit, access.audit_link, access.audit_archive from %2$s",
          "revoke all on sequence access.audit_audit_id_seq from %2$s",
          "grant select on access.audit, access.audit_link, access.audit_archive to %2$s",
          "grant insert (who, token, address, what, whom, why, job, items, result) on access.audit to %2$s",
          "grant insert on access.audit_link to %2$s",
          "grant execute on function access.make_audit_partitions() to %2$s");

  private RuntimeRole() {}

  /**
   * Grants the rights in the open transaction. The caller holds {@link AdvisoryLock#MIGRATIONS}, as
   * two grants at once would fail.
   */
  static void grant(Connection connection, Set<MigrationHistory> histories, String role)
      throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(AdvisoryLock.AUDIT_PARTITIONS.take()); // attaching one changes the same row
      var quoted = statement.enquoteIdentifier(role, true);
      for (var history : histories) {
        for (var sql : OF_EVERY_SCHEMA) {
          statement.execute(sql.formatted(history.schema(), quoted));
        }
      }
      if (histories.contains(MigrationHistory.ACCESS)) {
        for (var sql : OF_THE_AUDIT) {
          statement.execute(sql.formatted(role.replace("'", "''"), quoted));
        }
      }
    }
  }
}
