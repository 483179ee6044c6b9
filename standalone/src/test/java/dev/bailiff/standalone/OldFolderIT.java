package dev.bailiff.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.embedded.EmbeddedPostgresServer;
import dev.bailiff.embedded.PostgresSettings;
import dev.bailiff.testing.process.ChildProcess;
import dev.bailiff.testing.server.StoredDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data folder whose database has the layout that cannot be upgraded. */
class OldFolderIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);

  @TempDir Path folder;

  @Test
  void everyCommandRefusesItInOneSentenceAndChangesNothing() throws Exception {
    var bailiff = new RunningBailiff(folder);
    List<String> content;
    try (ChildProcess up = bailiff.up(0)) {
      makeOld(bailiff);
      content = content(bailiff.jdbi());
      assertRefused(bailiff, "worker");
      assertRefused(bailiff, "import", RunningBailiff.COMMUNITY);
      assertThat(content(bailiff.jdbi())).isEqualTo(content);
      up.terminate();
      up.awaitExit(LIMIT);
    }
    List<Object> files = files(bailiff);

    assertRefused(bailiff, "up", "--port", 0);
    assertRefused(bailiff, "demo", "--snapshot", RunningBailiff.COMMUNITY);
    assertRefused(bailiff, "import", RunningBailiff.COMMUNITY);
    assertRefused(bailiff, "tokens", "list");

    assertThat(files(bailiff)).isEqualTo(files);
    assertThat(stored(bailiff)).isEqualTo(content);
  }

  private static void assertRefused(RunningBailiff bailiff, Object... command) {
    try (ChildProcess run = bailiff.run(command)) {
      assertThat(run.awaitExit(LIMIT)).as(run.standardError()).isEqualTo(ExitCode.NOT_STARTED);
      assertThat(run.standardError().lines().filter(line -> !line.contains(" INFO ")))
          .singleElement()
          .asString()
          .startsWith("bailiff: this database was made by Bailiff 0.1.0-SNAPSHOT before")
          .contains("start with an empty data folder");
    }
  }

  private static void makeOld(RunningBailiff bailiff) {
    bailiff
        .jdbi()
        .useHandle(handle -> handle.execute("drop schema jobs, access, homeserver cascade"));
    StoredDatabase.load("old-layout.sql", bailiff.jdbi());
    bailiff
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "insert into jobs.data_folder values (true, ?, null, 'made', '/', now())",
                    bailiff.dataFolder().identity().orElseThrow().id()));
  }

  /** The contents of the database of a folder in which nothing is up. */
  private static List<String> stored(RunningBailiff bailiff) {
    var data = bailiff.dataFolder();
    var last = data.runtime().orElseThrow().postgres();
    var settings =
        PostgresSettings.in(data.postgres(), last.password())
            .withBinaries(data.binaries())
            .withPort(last.port());
    try (var server = new EmbeddedPostgresServer(settings)) {
      server.start();
      return content(bailiff.jdbi());
    }
  }

  private static List<String> content(Jdbi jdbi) {
    return jdbi.withHandle(
        handle ->
            handle
                .select(
                    """
                    select schemaname || '.' || tablename || ' '
                           || table_to_xml((schemaname || '.' || tablename)::regclass, true, false, '')
                      from pg_tables where schemaname in ('public', 'jobs', 'access', 'homeserver')
                     order by 1
                    """)
                .mapTo(String.class)
                .list());
  }

  /**
   * The small files with which the next start goes on, except the fields about the last process.
   */
  private List<Object> files(RunningBailiff bailiff) throws IOException {
    var runtime = bailiff.dataFolder().runtime().orElseThrow();
    return List.of(
        Files.readString(folder.resolve("admin-token")),
        Files.readString(folder.resolve("identity.json")),
        runtime.postgres(),
        runtime.kafka(),
        String.valueOf(runtime.folderId()));
  }
}
