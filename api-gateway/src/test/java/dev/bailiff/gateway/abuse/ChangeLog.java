package dev.bailiff.gateway.abuse;

import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/**
 * The committed changes in the data of a gateway, row by row, noted by triggers. A transaction that
 * is rolled back leaves no note, and neither does an update that changes nothing.
 */
final class ChangeLog {
  /**
   * Tables that change even if the request is refused: an admitted user was seen (admin-api 1.2),
   * and summaries are brought up to date when somebody looks.
   */
  private static final String NOT_NOTED = "('connection', 'room_summary', 'room_change')";

  private static final String NOTE =
      """
      create schema abuse;
      create table abuse.change (relation text not null, operation text not null);
      create function abuse.note() returns trigger language plpgsql as $$
      begin
        if tg_op <> 'UPDATE' or old::text is distinct from new::text then
          insert into abuse.change values (tg_table_name, tg_op);
        end if;
        return null;
      end $$;
      do $$
      declare noted record;
      begin
        for noted in
          select schemaname, tablename from pg_tables
          where schemaname in ('homeserver', 'jobs') and tablename not in
      """
          + NOT_NOTED
          + """
            loop
              execute format('create trigger abuse after insert or update or delete on %I.%I for each row execute function abuse.note()',
                noted.schemaname, noted.tablename);
            end loop;
          end $$;
          """;

  private final Jdbi jdbi;

  private ChangeLog(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Begins to note. */
  static ChangeLog of(Jdbi jdbi) throws SQLException {
    jdbi.useHandle(
        handle -> {
          try (var statement = handle.getConnection().createStatement()) {
            statement.execute(NOTE);
          }
        });
    return new ChangeLog(jdbi);
  }

  /** The changes since the last call of this method, such as {@code account UPDATE}. */
  List<String> changes() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    with gone as (delete from abuse.change returning relation, operation)
                    select distinct relation || ' ' || operation from gone order by 1
                    """)
                .mapTo(String.class)
                .list());
  }
}
