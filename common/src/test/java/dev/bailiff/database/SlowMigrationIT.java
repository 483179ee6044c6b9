package dev.bailiff.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bailiff.testing.server.PostgresExtension;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A migration may be silent for longer than a connection of the pool. */
class SlowMigrationIT {
  @RegisterExtension final PostgresExtension postgres = PostgresExtension.migrated();

  /** Marks the functions as those of another release, so that this release has to apply its own. */
  private static final String OTHER_FUNCTIONS =
      "update homeserver.schema_history set checksum = 0 where version is null and checksum is not null";

  private static final String SILENT =
      """
      select exists (
        select from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock'
           and query_start < clock_timestamp() - interval '3 seconds')
      """;

  @Test
  void migrationThatTakesLongerThanThePoolWaitsGoesThrough() throws Exception {
    var config =
        new ObjectMapper()
            .convertValue(
                Map.of(
                    "url", postgres.jdbcUrl(),
                    "user", postgres.user(),
                    "password", postgres.password(),
                    "socketTimeout", "1s"),
                DatabaseConfig.class);
    try (var database = Database.open(config, "test");
        Handle writer = Database.jdbi(postgres.dataSource()).open();
        Handle observer = Database.jdbi(postgres.dataSource()).open()) {
      observer.execute(OTHER_FUNCTIONS);
      writer.begin();
      writer.execute("lock table homeserver.account in row exclusive mode");
      var migration = CompletableFuture.runAsync(database::migrate);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> migration.isDone() || observer.createQuery(SILENT).mapTo(Boolean.class).one());
      assertThat(migration.isDone()).as("waits for the writer").isFalse();
      writer.rollback();

      assertThatCode(migration::join).doesNotThrowAnyException();
    }
  }
}
