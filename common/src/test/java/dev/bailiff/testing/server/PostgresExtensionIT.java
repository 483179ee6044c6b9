package dev.bailiff.testing.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresExtensionIT {
  @RegisterExtension static final PostgresExtension ofClass = PostgresExtension.migrated();
  @RegisterExtension final PostgresExtension ofTest = PostgresExtension.empty();

  @Test
  void migratedDatabaseHasAllSchemas() throws SQLException {
    assertThat(
            query(
                ofClass.database(),
                "select count(distinct table_schema) from information_schema.tables"
                    + " where table_schema in ('jobs', 'access', 'homeserver')"))
        .isEqualTo("3");
  }

  @RepeatedTest(2)
  void eachTestFindsItsOwnDatabaseEmpty() throws SQLException {
    assertThat(query(ofTest.database(), "select to_regclass('mark') is null")).isEqualTo("t");

    try (Connection connection = ofTest.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create table mark (n int)");
    }
  }

  @Test
  void anotherDatabaseSharesNothingWithTheFirst() throws SQLException {
    try (TestDatabase other = PostgresExtension.anotherMigrated("other")) {
      assertThat(query(other, "select current_database()"))
          .isNotEqualTo(query(ofClass.database(), "select current_database()"));
    }
  }

  @Test
  void terminatedConnectionsAreReplacedByThePool() throws SQLException {
    assertThat(query(ofTest.database(), "select 1")).isEqualTo("1");

    ofTest.database().terminateConnections();

    await().ignoreExceptions().until(() -> query(ofTest.database(), "select 1").equals("1"));
  }

  private static String query(TestDatabase database, String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
