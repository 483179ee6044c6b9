package dev.bailiff.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bailiff.testing.server.PostgresExtension;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StandbyEvictionIT {
  @RegisterExtension static final PostgresExtension postgres = PostgresExtension.empty();

  /** New sessions refuse writes as those of a standby do, and keep refusing them. */
  @Test
  void aConnectionThatRefusedAWriteAsReadOnlyIsNotUsedAgain() {
    var jdbi = Database.jdbi(postgres.dataSource());
    jdbi.useHandle(handle -> handle.execute("create table thing (n int)"));
    readOnly(jdbi, "on");
    try (var pool =
        Database.open(
            new DatabaseConfig(postgres.jdbcUrl(), postgres.user(), postgres.password()), "test")) {
      int standby = backend(pool);
      assertThatThrownBy(() -> write(pool)).hasMessageContaining("read-only transaction");
      readOnly(jdbi, "off");

      // A connection that was made in between also belongs to a standby.
      await().ignoreExceptions().untilAsserted(() -> write(pool));

      assertThat(backend(pool)).isNotEqualTo(standby);
    }
  }

  private static void readOnly(Jdbi jdbi, String value) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "do 'begin execute format(''alter database %I set default_transaction_read_only = "
                    + value
                    + "'', current_database()); end'"));
  }

  private static int backend(Database pool) {
    return pool.jdbi()
        .withHandle(
            handle -> handle.createQuery("select pg_backend_pid()").mapTo(Integer.class).one());
  }

  private static void write(Database pool) {
    pool.jdbi().useHandle(handle -> handle.execute("insert into thing values (1)"));
  }
}
