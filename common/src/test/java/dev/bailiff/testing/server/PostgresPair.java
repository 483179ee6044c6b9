package dev.bailiff.testing.server;

import dev.bailiff.embedded.EmbeddedPostgresServer;
import dev.bailiff.embedded.LoopbackPorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL with a synchronous standby: a commit is acknowledged when both servers have it. A
 * test can once kill the primary and let the standby take its place.
 */
public final class PostgresPair implements AutoCloseable {
  private static final String DATABASE = "postgres";

  private final EmbeddedPostgresServer primary;
  private final EmbeddedPostgresServer standby;
  private final Path primaryData;

  private PostgresPair(
      EmbeddedPostgresServer primary, EmbeddedPostgresServer standby, Path primaryData) {
    this.primary = primary;
    this.standby = standby;
    this.primaryData = primaryData;
  }

  /**
   * Starts both servers.
   *
   * @param content fills the database before it is copied
   */
  public static PostgresPair start(Consumer<DataSource> content) {
    Path one = TestServers.newFolder("postgres");
    Path other = TestServers.newFolder("postgres");
    int port = LoopbackPorts.choose();
    var settings = TestServers.settings(one).withPort(port);
    try (var filled = new EmbeddedPostgresServer(settings).start()) {
      content.accept(dataSource(filled, filled.jdbcUrl(DATABASE)));
    }
    copy(one.resolve("data"), other.resolve("data"));
    var primary =
        new EmbeddedPostgresServer(settings.with("synchronous_standby_names", "standby")).start();
    try {
      Files.createFile(other.resolve("data").resolve("standby.signal"));
      var standby =
          new EmbeddedPostgresServer(
              TestServers.settings(other)
                  .with(
                      "primary_conninfo",
                      "host=127.0.0.1 port=%d user=%s password=%s application_name=standby"
                          .formatted(port, primary.user(), primary.password())));
      return new PostgresPair(primary, standby.start(), one.resolve("data"));
    } catch (IOException e) {
      primary.close();
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      primary.close();
      throw e;
    }
  }

  /** The address of both servers; it leads to the one that takes writes. */
  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:%d,127.0.0.1:%d/%s?targetServerType=primary"
        .formatted(primary.port(), standby.port(), DATABASE);
  }

  public String user() {
    return primary.user();
  }

  public String password() {
    return primary.password();
  }

  /** Unpooled connections to the server that takes writes. */
  public DataSource dataSource() {
    return dataSource(primary, jdbcUrl());
  }

  /** Kills every process of the primary, as {@code kill -9} does. */
  public void killPrimary() {
    try {
      long pid = Long.parseLong(Files.readAllLines(primaryData.resolve("postmaster.pid")).get(0));
      var postmaster = ProcessHandle.of(pid).orElseThrow();
      List<ProcessHandle> backends = postmaster.children().toList();
      postmaster.destroyForcibly(); // comes first, as it would start new processes
      backends.forEach(ProcessHandle::destroyForcibly);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes the standby the primary; returns when the standby takes writes. */
  public void promoteStandby() {
    try (var connection =
            DriverManager.getConnection(
                standby.jdbcUrl(DATABASE), standby.user(), standby.password());
        var statement = connection.createStatement()) {
      statement.execute("select pg_promote()");
    } catch (SQLException e) {
      throw new IllegalStateException("the standby is not promoted: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    standby.close();
    primary.close();
  }

  private static DataSource dataSource(EmbeddedPostgresServer server, String url) {
    var dataSource = new PGSimpleDataSource();
    dataSource.setUrl(url);
    dataSource.setUser(server.user());
    dataSource.setPassword(server.password());
    return dataSource;
  }

  /** Copies the files of a stopped server. */
  private static void copy(Path from, Path to) {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path file : (Iterable<Path>) all::iterator) {
        Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
