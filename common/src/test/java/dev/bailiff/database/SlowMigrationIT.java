package dev.bailiff.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bailiff.testing.PostgresExtension;
import io.dropwizard.jackson.Jackson;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Migrations of large tables, during which a connection is silent for long. */
class SlowMigrationIT {
  @RegisterExtension final PostgresExtension postgres = PostgresExtension.migrated();

  private static final String SILENT_FOR_LONGER =
      """
      select exists (
        select from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'
          and clock_timestamp() - query_start > interval '2 seconds')
      """;

  @Test
  void migrationThatIsSilentForLongerThanTheTimeOutOfThePoolEndsWell() {
    var config =
        Jackson.newObjectMapper()
            .convertValue(
                Map.of(
                    "url", postgres.jdbcUrl(),
                    "user", postgres.user(),
                    "password", postgres.password(),
                    "socketTimeout", "1s"),
                DatabaseConfig.class);
    // What goes on is seen once in a transaction: not on the one that blocks.
    Jdbi observer = Database.jdbi(postgres.dataSource());
    try (var database = Database.open(config, "test")) {
      CompletableFuture<Void> migration =
          Database.jdbi(postgres.dataSource())
              .inTransaction(
                  other -> {
                    other.execute("lock table public.bailiff_schema_history");
                    var begun = CompletableFuture.runAsync(database::migrate);
                    await()
                        .pollInSameThread() // as the transaction that blocks is this thread's
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> begun.isDone() || isSilentForLonger(observer));
                    return begun;
                  });

      assertThat(migration).succeedsWithin(Duration.ofSeconds(60));
    }
  }

  private static boolean isSilentForLonger(Jdbi jdbi) {
    return jdbi.withHandle(
        handle -> handle.createQuery(SILENT_FOR_LONGER).mapTo(Boolean.class).one());
  }
}
