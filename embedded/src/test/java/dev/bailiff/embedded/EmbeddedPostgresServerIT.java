package dev.bailiff.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresServerIT {
  private static final String PASSWORD = "it's a 'secret' \\ of ours";
  private static final Path BINARIES = Path.of("target", "postgres-binaries");

  @TempDir Path folder;

  @Test
  void restartKeepsDataAndPort() throws Exception {
    try (EmbeddedPostgresServer server = server().start()) {
      int port = server.port();
      execute(server, "create table kept as select 42 as answer");

      server.stop();
      server.start();

      assertThat(server.port()).isEqualTo(port);
      assertThat(query(server, "select answer from kept")).isEqualTo("42");
    }
  }

  @Test
  void commitsAreDurableUnlessConfiguredOtherwise() throws Exception {
    PostgresSettings plain =
        PostgresSettings.in(folder, PASSWORD).withBinaries(BINARIES).with("work_mem", "7MB");
    try (EmbeddedPostgresServer server = new EmbeddedPostgresServer(plain).start()) {
      assertThat(query(server, "show fsync")).isEqualTo("on");
      assertThat(query(server, "show synchronous_commit")).isEqualTo("on");
      assertThat(query(server, "show full_page_writes")).isEqualTo("on");
      assertThat(query(server, "show work_mem")).isEqualTo("7MB");
      assertThat(query(server, "show server_version")).startsWith("18.");
      assertThat(query(server, "show server_encoding")).isEqualTo("UTF8");
      assertThat(query(server, "select datcollate from pg_database where datname = 'postgres'"))
          .isEqualTo("C");
    }
  }

  @Test
  void settingsThatWouldOpenTheServerAreRefused() {
    assertThatThrownBy(() -> settings().with("listen_addresses", "*"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anotherPasswordOpensNothingAndStartsNoServer() {
    try (EmbeddedPostgresServer server = server().start()) {
      assertThatThrownBy(
              () ->
                  DriverManager.getConnection(
                          server.jdbcUrl("postgres"), EmbeddedPostgresServer.USER, "guess")
                      .close())
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
    }

    EmbeddedPostgresServer other =
        new EmbeddedPostgresServer(PostgresSettings.in(folder, "another").withBinaries(BINARIES));

    assertThatThrownBy(other::start)
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessageContaining("is not the one that PostgreSQL in " + folder);
    assertThat(ProcessTable.workingIn(folder.resolve("data"))).isEmpty();
  }

  @Test
  void secondStartOnTheFolderIsRefused() {
    try (EmbeddedPostgresServer first = server().start()) {
      assertThatThrownBy(() -> server().start())
          .isInstanceOf(EmbeddedServerException.class)
          .hasMessageContaining("in use by process " + ProcessHandle.current().pid());
      assertThat(first.port()).isPositive();
    }
  }

  @Test
  void takenPortIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      EmbeddedPostgresServer server =
          new EmbeddedPostgresServer(settings().withPort(taken.getLocalPort()));

      assertThatThrownBy(server::start)
          .isInstanceOf(EmbeddedServerException.class)
          .hasMessage("port " + taken.getLocalPort() + " is in use by another program");
    }
  }

  @Test
  void committedRowsSurviveAPowerCut() throws Exception {
    try (EmbeddedPostgresServer server = server().start()) {
      execute(server, "create table kept as select 42 as answer");

      server.stopAtOnce();
      server.start();

      assertThat(query(server, "select answer from kept")).isEqualTo("42");
    }
  }

  @Test
  void orphanOfAKilledProcessIsRecovered() throws Exception {
    try (OtherProcess other = OtherProcess.startingPostgresIn(folder, BINARIES, PASSWORD)) {
      int port = other.awaitPort();
      execute(port, "create table kept as select 42 as answer");
      assertThatThrownBy(() -> server().start())
          .hasMessageContaining("in use by process " + other.pid());
      other.kill();
      assertThat(query(port, "select answer from kept")).as("the orphan lives").isEqualTo("42");

      try (EmbeddedPostgresServer server =
          new EmbeddedPostgresServer(settings().withPort(port)).start()) {
        assertThat(query(server, "select answer from kept")).isEqualTo("42");
      }
    }
  }

  @Test
  void serverKilledWithItsParentIsRecovered() throws Exception {
    try (OtherProcess other = OtherProcess.startingPostgresIn(folder, BINARIES, PASSWORD)) {
      int port = other.awaitPort();
      execute(port, "create table kept as select 42 as answer");
      long postmaster =
          Long.parseLong(Files.readAllLines(folder.resolve("data/postmaster.pid")).get(0).strip());
      other.kill();
      ProcessTable.signal(postmaster, "KILL");

      try (EmbeddedPostgresServer server = server().start()) {
        assertThat(query(server, "select answer from kept")).isEqualTo("42");
      }
    }
  }

  @Test
  void wipeEndsAnOrphanAndStartsFromNothing() throws Exception {
    try (OtherProcess other = OtherProcess.startingPostgresIn(folder, BINARIES, PASSWORD)) {
      execute(other.awaitPort(), "create table gone as select 42 as answer");
      other.kill();

      try (EmbeddedPostgresServer server = server()) {
        server.wipe();
        server.start();

        assertThat(query(server, "select to_regclass('gone') is null")).isEqualTo("t");
      }
    }
  }

  @Test
  void halfMadeDataFolderIsMadeAnew() throws Exception {
    Files.createDirectories(folder.resolve("data.part"));
    Files.writeString(folder.resolve("data.part/PG_VERSION"), "18");

    try (EmbeddedPostgresServer server = server().start()) {
      assertThat(query(server, "select 1")).isEqualTo("1");
    }
  }

  @Test
  void pidFileOfAnotherProgramIsNotFollowed() throws Exception {
    try (EmbeddedPostgresServer server = server().start()) {
      server.stop();
    }
    assertThat(folder.resolve("password")).doesNotExist();
    long mine = ProcessHandle.current().pid();
    Files.writeString(folder.resolve("data/postmaster.pid"), mine + "\n" + folder + "\n");

    try (EmbeddedPostgresServer server = server().start()) {
      assertThat(query(server, "select 1")).isEqualTo("1");
    }
  }

  @Test
  void stopEndsEveryProcessOfTheServer() throws Exception {
    try (EmbeddedPostgresServer server = server().start();
        Connection open =
            DriverManager.getConnection(
                server.jdbcUrl("postgres"), EmbeddedPostgresServer.USER, PASSWORD)) {
      open.setAutoCommit(false);
      open.createStatement().execute("create table open_transaction (n int)");

      server.stop();

      await()
          .atMost(Duration.ofSeconds(5))
          .until(() -> ProcessTable.workingIn(folder.resolve("data")).isEmpty());
    }
  }

  private PostgresSettings settings() {
    return PostgresSettings.in(folder, PASSWORD)
        .withBinaries(BINARIES)
        .with("shared_buffers", "32MB")
        .with("fsync", "off"); // quicker to create; no test here crashes the machine
  }

  private EmbeddedPostgresServer server() {
    return new EmbeddedPostgresServer(settings());
  }

  private static void execute(EmbeddedPostgresServer server, String sql) throws SQLException {
    execute(server.port(), sql);
  }

  private static void execute(int port, String sql) throws SQLException {
    try (Connection connection = connect(port);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(EmbeddedPostgresServer server, String sql) throws SQLException {
    return query(server.port(), sql);
  }

  private static String query(int port, String sql) throws SQLException {
    try (Connection connection = connect(port);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private static Connection connect(int port) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/postgres", EmbeddedPostgresServer.USER, PASSWORD);
  }
}
