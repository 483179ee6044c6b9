package dev.bailiff.database;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailiff.testing.server.PostgresExtension;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DatabaseErrorsIT {
  @RegisterExtension static final PostgresExtension postgres = PostgresExtension.migrated();

  @Test
  void anErrorTellsNothingOfWhatWasBoundToItsStatement() {
    var jdbi = Database.jdbi(postgres.dataSource());

    assertThatThrownBy(
            () ->
                jdbi.useHandle(
                    handle ->
                        handle
                            .createUpdate("update no_such_table set password_hash = :hash")
                            .bind("hash", "a-secret-hash")
                            .execute()))
        .isInstanceOf(JdbiException.class)
        .hasMessageContaining("no_such_table")
        .hasMessageNotContaining("a-secret-hash");
  }
}
