package dev.bailiff.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of a server that somebody else ended. */
class PostgresWatchIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Path BINARIES = Path.of("target", "postgres-binaries");

  @TempDir Path folder;
  private final List<String> lost = new CopyOnWriteArrayList<>();
  private EmbeddedPostgresServer server;
  private PostgresWatch watch;

  @BeforeEach
  void start() {
    server =
        new EmbeddedPostgresServer(
                PostgresSettings.in(folder, "secret")
                    .withBinaries(BINARIES)
                    .with("shared_buffers", "32MB"))
            .start();
    watch = PostgresWatch.start(server, lost::add);
  }

  @AfterEach
  void stop() {
    watch.close();
    server.close();
  }

  @Test
  void killedServerIsBackAtItsPortWithItsData() throws Exception {
    int port = server.port();
    try (Connection connection = connect()) {
      connection.createStatement().execute("create table kept as select 42 as answer");
    }

    long first = postmaster();
    ProcessTable.signal(first, "KILL");

    awaitAnother(first);
    assertThat(server.port()).isEqualTo(port);
    try (Connection connection = connect()) {
      var row = connection.createStatement().executeQuery("select answer from kept");
      assertThat(row.next()).isTrue();
      assertThat(row.getInt(1)).isEqualTo(42);
    }
    assertThat(lost).isEmpty();
  }

  @Test
  void serverThatOnlyEndedTheWatchingConnectionIsLeftAlone() throws Exception {
    long first = postmaster();
    try (Connection connection = connect()) {
      awaitWatched(connection);

      connection
          .createStatement()
          .execute(
              "select pg_terminate_backend(pid) from pg_stat_activity where backend_type = 'client backend'"
                  + " and pid <> pg_backend_pid()");

      awaitWatched(connection);
    }
    assertThat(postmaster()).isEqualTo(first);
  }

  @Test
  void serverThatEndsAgainAndAgainIsGivenUp() throws Exception {
    for (int n = 0; n < PostgresWatch.RESTARTS; n++) {
      long last = postmaster();
      ProcessTable.signal(last, "KILL");
      awaitAnother(last);
      try (Connection connection = connect()) {
        awaitWatched(connection);
      }
    }

    ProcessTable.signal(postmaster(), "KILL");

    await().atMost(LIMIT).until(() -> !lost.isEmpty());
    assertThat(lost)
        .containsExactly(
            "PostgreSQL in "
                + folder
                + " ended 4 times within a minute; "
                + folder.resolve("postgres.log")
                + " says why");
  }

  @Test
  void serverThatCannotBeStartedAgainIsReported() throws Exception {
    long first = postmaster();
    Files.writeString(folder.resolve("data/postgresql.auto.conf"), "no_such_setting = 1\n");

    ProcessTable.signal(first, "KILL");

    await().atMost(LIMIT).until(() -> !lost.isEmpty());
    assertThat(lost)
        .singleElement()
        .asString()
        .contains("PostgreSQL in " + folder + " does not start")
        .contains("contains errors")
        .doesNotContain("\n");
    assertThat(ProcessTable.workingIn(folder.resolve("data"))).isEmpty();
  }

  private long postmaster() throws Exception {
    return Long.parseLong(Files.readAllLines(folder.resolve("data/postmaster.pid")).get(0).strip());
  }

  private void awaitAnother(long than) {
    await()
        .atMost(LIMIT)
        .ignoreExceptions()
        .until(
            () -> {
              connect().close();
              return postmaster() != than;
            });
  }

  private static void awaitWatched(Connection connection) {
    await()
        .atMost(LIMIT)
        .until(
            () -> {
              var row =
                  connection
                      .createStatement()
                      .executeQuery(
                          "select count(*) from pg_stat_activity where application_name = 'bailiff-watch'");
              return row.next() && row.getInt(1) == 1;
            });
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres", "postgres", "secret");
  }
}
