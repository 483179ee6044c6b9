package dev.bailiff.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bailiff.testing.server.PostgresExtension;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.ds.PGSimpleDataSource;

class MigrationsIT {
  @RegisterExtension final PostgresExtension postgres = PostgresExtension.empty();

  @Test
  void jobsAndAccessNeedNoHomeserver() {
    apply(Set.of(MigrationHistory.JOBS, MigrationHistory.ACCESS));

    assertThat(schemas()).containsExactly("access", "jobs", "public");
  }

  @Test
  void homeserverNeedsNeitherJobsNorAccess() {
    apply(Set.of(MigrationHistory.HOMESERVER));

    assertThat(schemas()).containsExactly("homeserver", "public");
  }

  @Test
  void historyThatIsAddedLaterMakesTheSameDatabase() {
    apply(Set.of(MigrationHistory.JOBS, MigrationHistory.ACCESS));
    apply(MigrationHistory.all());

    try (var other = PostgresExtension.anotherMigrated("all at once")) {
      assertThat(Catalog.of(jdbi())).isEqualTo(Catalog.of(Database.jdbi(other.dataSource())));
    }
  }

  @Test
  void processesThatStartAtOnceOnAnEmptyDatabaseApplyEachMigrationOnce() {
    var starting =
        Stream.generate(() -> CompletableFuture.runAsync(() -> Database.migrate(ofItsOwn())))
            .limit(4)
            .toList();

    assertThatCode(() -> starting.forEach(CompletableFuture::join)).doesNotThrowAnyException();
    for (var history : MigrationHistory.all()) {
      assertThat(
              texts(
                  "select script from %s.schema_history group by script having count(*) > 1"
                      .formatted(history.schema())))
          .isEmpty();
    }
  }

  /**
   * A process that looked first and migrated later would replace the functions of the newer one.
   */
  @Test
  void processOfAnOlderReleaseLooksOnlyWhenTheNewerOneIsDone() {
    Database.migrate(postgres.dataSource());
    var next = new Migrations(postgres.dataSource()).with("classpath:db/next-release");
    CompletableFuture<Void> older;
    try (var newer = jdbi().open()) {
      newer.begin();
      newer.execute(AdvisoryLock.MIGRATIONS.take());
      older = CompletableFuture.runAsync(() -> Database.migrate(ofItsOwn()));
      await()
          .untilAsserted(
              () ->
                  assertThat(
                          texts(
                              "select 1 from pg_locks l join pg_database d on d.oid = l.database"
                                  + " where l.locktype = 'advisory' and not l.granted"
                                  + " and d.datname = current_database()"))
                      .isNotEmpty());
      next.flyway(MigrationHistory.HOMESERVER).load().migrate();
      newer.execute(
          "create or replace function homeserver.is_import() returns boolean"
              + " language sql stable as 'select true'");
      newer.execute(
          "update homeserver.schema_history set checksum = 1 where version is null"
              + " and checksum is not null");
      newer.commit();
    }
    older.join();

    assertThat(texts("select homeserver.is_import()")).containsExactly("t");
  }

  @Test
  void migrationThatFailsLeavesNothingOfItselfAndIsDoneWithTheNextStart() {
    Database.migrate(postgres.dataSource());
    var next = new Migrations(postgres.dataSource()).with("classpath:db/next-release");
    jdbi().useHandle(handle -> handle.execute("create view jobs.job_urgency as select 1 as one"));

    assertThatThrownBy(() -> next.apply(MigrationHistory.all()))
        .hasMessageContaining("job_urgency");

    assertThat(texts("select attname from pg_attribute where attname = 'urgency'")).isEmpty();
    jdbi().useHandle(handle -> handle.execute("drop view jobs.job_urgency"));
    next.apply(MigrationHistory.all());
    assertThat(texts("select attname from pg_attribute where attname = 'urgency'")).isNotEmpty();
  }

  private void apply(Set<MigrationHistory> histories) {
    new Migrations(postgres.dataSource()).apply(histories);
  }

  private PGSimpleDataSource ofItsOwn() {
    var source = new PGSimpleDataSource();
    source.setUrl(postgres.jdbcUrl());
    source.setUser(postgres.user());
    source.setPassword(postgres.password());
    return source;
  }

  private List<String> schemas() {
    return texts(
        "select nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'"
            + " order by 1");
  }

  private List<String> texts(String query) {
    return jdbi().withHandle(handle -> handle.select(query).mapTo(String.class).list());
  }

  private Jdbi jdbi() {
    return Database.jdbi(postgres.dataSource());
  }
}
