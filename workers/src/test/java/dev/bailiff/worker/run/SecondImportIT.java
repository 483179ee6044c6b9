package dev.bailiff.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailiff.database.Database;
import dev.bailiff.homeserver.store.PostgresHomeserver;
import dev.bailiff.homeserver.store.batch.StoreTimeouts;
import dev.bailiff.homeserver.store.identity.IdentityServers;
import dev.bailiff.homeserver.store.media.LocalMediaFiles;
import dev.bailiff.homeserver.store.snapshot.ImportReport;
import dev.bailiff.homeserver.store.snapshot.SnapshotImporter;
import dev.bailiff.schemas.kind.DeactivateUsersParameters;
import dev.bailiff.schemas.kind.DeleteMediaParameters;
import dev.bailiff.schemas.kind.DeleteRoomsParameters;
import dev.bailiff.schemas.kind.PurgeHistoryParameters;
import dev.bailiff.schemas.kind.RedactEventsParameters;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.server.PostgresExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Imports a snapshot again after its data was moderated. */
class SecondImportIT {
  private static final String ROOM = "!wWS9O4S3anwSgSeE3lphH8yj7YaFN3yhcFp52dQw-pA";
  private static final String OTHER_ROOM = "!2K_Ua71IMG54ID9GGJ-ueajIbl0cj9CrxCiKNzv5slY";
  private static final String ROOM_WITH_REDACTIONS = "!0zI3-w4JzQLSTzpsm3z4KowfUs6oIUBNUk4tFS9lO9c";
  private static final DeleteRoomsParameters DELETION =
      new DeleteRoomsParameters(
          Community.user("admin"), "New", "Gone.", true, true, false, null, null);
  private static final String NINA = Community.user("nina");
  private static final String OLGA = Community.user("olga");

  @RegisterExtension final PostgresExtension postgres = PostgresExtension.migrated();
  @TempDir Path media;

  private Jdbi jdbi;
  private SnapshotImporter importer;

  @BeforeEach
  void importAndModerate() {
    jdbi = Database.jdbi(postgres.dataSource());
    var files = new LocalMediaFiles(media);
    importer = new SnapshotImporter(jdbi, files);
    importer.importFrom(Community.folder(), null, progress -> {});
    var homeserver =
        new PostgresHomeserver(jdbi, StoreTimeouts.defaults(), IdentityServers.none(), files);
    var engine = new OneThreadEngine(jdbi, OneThreadEngine.LEASES, homeserver);
    run(engine, "redact-events", redaction(), OLGA);
    run(engine, "deactivate-users", new DeactivateUsersParameters(true), NINA);
    run(engine, "delete-media", new DeleteMediaParameters(null, null, null, null), OLGA);
    run(
        engine,
        "purge-history",
        new PurgeHistoryParameters(true, null, 1_900_000_000_000L, null),
        OTHER_ROOM);
    run(engine, "delete-rooms", DELETION, ROOM);
    run(engine, "delete-rooms", DELETION, ROOM_WITH_REDACTIONS);
    execute("update homeserver.account set locked = true where user_id = '" + OLGA + "'");
    execute("delete from homeserver.device where user_id = '" + OLGA + "'");
    execute(
        "delete from homeserver.event_report where id = (select min(id) from homeserver.event_report)");
  }

  private static Record redaction() {
    return new RedactEventsParameters(List.of(OTHER_ROOM), "spam", null, false, null, null);
  }

  private static void run(OneThreadEngine engine, String kind, Record parameters, String target) {
    engine.assertGone(engine.runToEnd(engine.submit(kind, parameters, target)));
  }

  @Test
  void whatBailiffChangedWinsAndIsTold() throws IOException {
    var rows = rows();
    long files = files();

    var report = importer.importFrom(Community.folder(), null, progress -> {});

    assertThat(rows())
        .as("rows of tables that changed")
        .filteredOn(row -> !rows.contains(row))
        .isEmpty();
    assertThat(files()).isEqualTo(files);
    assertThat(report.leftAlone())
        .containsEntry("user", 2L)
        .containsEntry("room", 2L)
        .containsEntry("event_report", 1L)
        .containsKeys("event", "membership", "local_media", "room_alias", "device");
  }

  /** A cut import leaves nothing unprotected for the import that resumes it. */
  @Test
  void anImportThatWasCutGoesOnWithTheSameProtection() {
    var rows = rows();
    assertThatThrownBy(
            () ->
                importer.importFrom(
                    Community.folder(),
                    null,
                    progress -> {
                      throw new IllegalStateException("cut");
                    }))
        .hasMessage("cut");

    var report = importer.importFrom(Community.folder(), null, progress -> {});

    assertThat(report.resumedBehind()).isPositive();
    assertThat(rows())
        .as("rows of tables that changed")
        .filteredOn(row -> !rows.contains(row))
        .isEmpty();
  }

  @Test
  void nothingOfItIsToldWhereNothingWasChanged() {
    var other = PostgresExtension.anotherMigrated("untouched");
    var untouched =
        new SnapshotImporter(Database.jdbi(other.dataSource()), new LocalMediaFiles(media));
    untouched.importFrom(Community.folder(), null, progress -> {});

    assertThat(untouched.importFrom(Community.folder(), null, progress -> {}))
        .extracting(ImportReport::leftAlone, ImportReport::setAside)
        .containsExactly(java.util.Map.of(), 0L);
  }

  @Test
  void whoeverMeansItGetsTheSnapshotBack() throws IOException {
    importer.overwriting().importFrom(Community.folder(), null, progress -> {});

    assertThat(count("account where deactivated and user_id = '" + NINA + "'")).isZero();
    assertThat(count("account where locked and user_id = '" + OLGA + "'")).isZero();
    assertThat(count("room where room_id = '" + ROOM + "'")).isEqualTo(1);
    assertThat(count("event where room_id = '" + ROOM + "'")).isEqualTo(316);
    assertThat(count("local_media")).isEqualTo(279);
    assertThat(count("event_report")).isEqualTo(20);
    assertThat(importer.importFrom(Community.folder(), null, progress -> {}).leftAlone())
        .as("what counts as unchanged again")
        .isEmpty();
  }

  private List<String> rows() {
    return texts(
            "select table_name from information_schema.tables where table_schema = 'homeserver'"
                + " and table_name not in ('import_progress', 'room_change') order by 1")
        .stream()
        .map(
            table ->
                table
                    + texts(
                        "select count(*) || ' ' || coalesce(md5(string_agg(t::text, ',' order by t::text)), '')"
                            + " from homeserver."
                            + table
                            + " t"))
        .toList();
  }

  private long files() throws IOException {
    try (var all = Files.walk(media)) {
      return all.filter(Files::isRegularFile).count();
    }
  }

  private long count(String table) {
    return Long.parseLong(texts("select count(*) from homeserver." + table).get(0));
  }

  private List<String> texts(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }

  private void execute(String sql) {
    jdbi.useHandle(handle -> handle.execute(sql));
  }
}
