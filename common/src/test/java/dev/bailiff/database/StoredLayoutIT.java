package dev.bailiff.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.testing.server.PostgresExtension;
import dev.bailiff.testing.server.StoredDatabase;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A database of the first release with a history for each schema, from {@code first-layout.sql}.
 * Each release has to bring it to the release's own layout. The file is never changed; the first
 * migrations cannot be changed either, as the file contains their checksums.
 */
class StoredLayoutIT {
  private static final String ROWS =
      """
      select 'job ' || job_id || ' ' || status from jobs.job
      union all select 'target ' || target from jobs.target
      union all select 'segment ' || segment_n || ' ' || checkpoint from jobs.segment
      union all select 'folder ' || id from jobs.data_folder
      union all select 'term ' || term from jobs.duty_term
      union all select 'token ' || name from access.operator_token
      union all select 'account ' || user_id || ' ' || changed_here from homeserver.account
      union all select 'accounts ' || sum(accounts) from homeserver.account_count
      union all select 'event ' || event_id || ' ' || content from homeserver.event
      union all select 'removed ' || kind from homeserver.removed
      order by 1
      """;

  @RegisterExtension final PostgresExtension postgres = PostgresExtension.empty();

  @BeforeEach
  void load() {
    StoredDatabase.load("first-layout.sql", jdbi());
  }

  @Test
  void thisReleaseBringsItToItsLayoutAndKeepsEveryRow() {
    List<String> before = texts(ROWS);
    assertThat(before).hasSizeGreaterThan(10);

    Database.migrate(postgres.dataSource());

    assertThat(texts(ROWS)).isEqualTo(before);
    try (var fresh = PostgresExtension.anotherMigrated("fresh")) {
      assertThat(Catalog.of(jdbi())).isEqualTo(Catalog.of(Database.jdbi(fresh.dataSource())));
    }
  }

  @Test
  void theNextReleaseAppliesItsMigrationsToIt() {
    List<String> before = texts(ROWS);

    nextRelease().apply(MigrationHistory.all());

    assertThat(texts(ROWS)).isEqualTo(before);
    assertThat(texts("select urgency from jobs.job")).isNotEmpty().containsOnly("0");
    assertThat(texts("select scope from access.operator_token")).isNotEmpty().containsOnly("all");
    assertThat(texts("select origin from homeserver.account where not changed_here"))
        .isNotEmpty()
        .containsOnly("snapshot");
  }

  /** The functions of the next release are kept, too: the columns that it added may need them. */
  @Test
  void thisReleaseLeavesTheDatabaseOfTheNextAsItIs() {
    nextRelease().apply(MigrationHistory.all());
    jdbi()
        .useHandle(
            handle -> {
              handle.execute(
                  "create or replace function homeserver.is_import() returns boolean"
                      + " language sql stable as 'select true'");
              handle.execute(
                  "update homeserver.schema_history set checksum = 1 where version is null"
                      + " and checksum is not null");
            });
    List<String> before = Catalog.of(jdbi());

    Database.migrate(postgres.dataSource());

    assertThat(Catalog.of(jdbi())).isEqualTo(before);
  }

  /**
   * A changed function comes with a new version. By this version the previous release recognises
   * that the functions are of a later release, and does not replace them with its own.
   */
  @Test
  void changedFunctionsComeWithAVersion() {
    for (var history : MigrationHistory.all()) {
      var pending = new Migrations(postgres.dataSource()).flyway(history).load().info().pending();
      if (pending.length > 0) {
        assertThat(pending).anyMatch(migration -> migration.getVersion() != null);
      }
    }
  }

  private Migrations nextRelease() {
    return new Migrations(postgres.dataSource()).with("classpath:db/next-release");
  }

  private List<String> texts(String query) {
    return jdbi().withHandle(handle -> handle.select(query).mapTo(String.class).list());
  }

  private Jdbi jdbi() {
    return Database.jdbi(postgres.dataSource());
  }
}
