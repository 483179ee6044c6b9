package dev.bailiff.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailiff.testing.server.PostgresExtension;
import dev.bailiff.testing.server.StoredDatabase;
import io.dropwizard.util.Duration;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A database of the layout that had one history, from {@code old-layout.sql}. */
class OldLayoutIT {
  private static final String SENTENCE =
      "this database was made by Bailiff 0.1.0-SNAPSHOT before it had three histories"
          + " (its table public.bailiff_schema_history is at version 20) and cannot be upgraded:"
          + " start with an empty data folder or database, and import the snapshot anew";

  @RegisterExtension final PostgresExtension postgres = PostgresExtension.empty();

  @Test
  void isRefusedBeforeAnythingIsChanged() {
    StoredDatabase.load("old-layout.sql", jdbi());
    List<String> before = Catalog.of(jdbi());

    assertThatThrownBy(() -> Database.migrate(postgres.dataSource()))
        .isInstanceOf(OldLayoutException.class)
        .hasMessage(SENTENCE);

    assertThat(Catalog.of(jdbi())).isEqualTo(before);
    assertThat(tables("schema_history")).isEmpty();
    assertThat(tables("bailiff_schema_history")).containsExactly("public");
  }

  @Test
  void isRefusedToAProcessThatAppliesNoMigrations() {
    StoredDatabase.load("old-layout.sql", jdbi());

    assertThatThrownBy(() -> Database.probe(config()))
        .isInstanceOf(OldLayoutException.class)
        .hasMessage(SENTENCE);
    var impatient = config().waitingAtMost(Duration.seconds(1));
    try (var database = Database.open(impatient.refusingOldLayout(), "test")) {
      assertThatThrownBy(() -> database.jdbi().useHandle(handle -> handle.execute("select 1")))
          .matches(DatabaseAway::says)
          .hasStackTraceContaining("before it had three histories");
    }
  }

  @Test
  void emptyHistoryThatAnOldReleaseLeftInANewDatabaseIsNoHindrance() {
    Database.migrate(postgres.dataSource());
    jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "create table public.bailiff_schema_history (like jobs.schema_history)"));

    assertThatCode(() -> Database.migrate(postgres.dataSource())).doesNotThrowAnyException();
    assertThatCode(() -> Database.probe(config())).doesNotThrowAnyException();
    try (var database = Database.open(config().refusingOldLayout(), "test")) {
      assertThatCode(() -> database.jdbi().useHandle(handle -> handle.execute("select 1")))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void emptyDatabaseIsNotOfTheOldLayout() {
    assertThatCode(() -> Database.probe(config())).doesNotThrowAnyException();
  }

  private List<String> tables(String name) {
    return jdbi()
        .withHandle(
            handle ->
                handle
                    .select("select schemaname from pg_tables where tablename = ?", name)
                    .mapTo(String.class)
                    .list());
  }

  private DatabaseConfig config() {
    return new DatabaseConfig(postgres.jdbcUrl(), postgres.user(), postgres.password());
  }

  private Jdbi jdbi() {
    return Database.jdbi(postgres.dataSource());
  }
}
