package dev.bailiff.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL on 127.0.0.1 that keeps its data in a folder and asks everybody for a password.
 *
 * <p>Durable as any PostgreSQL: commits are flushed to disk. The server process is a daemon, so
 * that Ctrl-C in a terminal reaches this process first. If this process is killed, the next {@link
 * #start()} on the folder stops the server that still runs and recovers the data. A {@linkplain
 * #guarded() guarded} server is stopped when this process is killed. {@link PostgresWatch} restarts
 * a server that was itself killed.
 *
 * <p><b>Time:</b> about 3 s for the very first start, 1 s with the programs unpacked, 0.5 s on
 * existing data. <b>Errors:</b> {@link EmbeddedServerException} with a message of one line.
 * <b>Concurrency:</b> safe; one call at a time.
 */
public final class EmbeddedPostgresServer implements AutoCloseable {
  /** The superuser, and the only account of a new folder. */
  public static final String USER = "postgres";

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgresServer.class);
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(7);
  private static final int PORT_TRIES = 5;

  private final PostgresSettings settings;
  private final Path folder;
  private final Path data;
  private final PostgresLog log;
  private final Postmaster postmaster;
  private int port;
  private @Nullable DataFolderLock lock;
  private boolean guarded;
  private @Nullable ServerGuard guard;

  public EmbeddedPostgresServer(PostgresSettings settings) {
    this.settings = settings;
    this.folder = Folders.create(settings.folder());
    this.data = folder.resolve("data");
    this.log = new PostgresLog(folder);
    this.postmaster = new Postmaster(data);
    this.port = settings.port();
  }

  /**
   * Whether the server runs under another account than this process. That account needs access to
   * all folders above the server's folder.
   *
   * @throws EmbeddedServerException if no account can run the server
   */
  public static boolean runsUnderAnotherAccount() {
    return ServerAccount.detect().ownsFiles();
  }

  /**
   * Starts the server and returns when it answers. Creates the data first if the folder is new.
   *
   * @throws EmbeddedServerException if the folder is in use, the port is taken, or the folder was
   *     created with another password
   */
  public synchronized EmbeddedPostgresServer start() {
    if (lock != null) {
      throw new EmbeddedServerException("PostgreSQL in " + folder + " is already started");
    }
    DataFolderLock acquired = DataFolderLock.acquire(folder);
    ServerGuard started = guarded ? ServerGuard.start("PostgreSQL", "INT") : null;
    try {
      ServerAccount account = ServerAccount.detect();
      PostgresBinaries binaries = PostgresBinaries.unpackedIn(settings.binaries());
      account.own(settings.binaries());
      postmaster.recover(STOP_LIMIT);
      if (!Files.exists(data)) {
        new DataFolderCreation(settings, folder, account, binaries).createAs(data);
      }
      launchOnAPort(account, binaries);
      letWatch(started);
      verify();
    } catch (RuntimeException e) {
      postmaster.stop(STOP_LIMIT);
      close(started);
      acquired.close();
      throw e;
    }
    lock = acquired;
    guard = started;
    return this;
  }

  /**
   * Makes the server end with this process, however the process ends, from the next start on. Call
   * this method before {@link #start()}.
   */
  public synchronized EmbeddedPostgresServer guarded() {
    guarded = true;
    return this;
  }

  /**
   * Starts a server again that has ended by itself, on the same port; does nothing if the server
   * was stopped meanwhile. Remaining processes of the old server are ended first.
   *
   * @throws EmbeddedServerException if the server does not start
   */
  synchronized void restart() {
    if (lock == null) {
      return;
    }
    postmaster.recover(STOP_LIMIT);
    launch(ServerAccount.detect(), PostgresBinaries.unpackedIn(settings.binaries()), port);
    letWatch(guard);
    verify();
  }

  /** Whether the server's process exists, no matter which process started or stopped it. */
  boolean isRunning() {
    return postmaster.running().isPresent();
  }

  /**
   * Ends the server within about 10 seconds and rolls open transactions back; does nothing if the
   * server is not started.
   */
  public synchronized void stop() {
    if (lock != null) {
      postmaster.stop(STOP_LIMIT);
      release(lock);
    }
  }

  /**
   * Ends the server as a power cut would, for tests of recovery; {@link #start()} brings it back.
   */
  public synchronized void stopAtOnce() {
    if (lock != null) {
      postmaster.stopAtOnce();
      release(lock);
    }
  }

  /**
   * Deletes all data; the next start creates the data anew. Ends any process first that a killed
   * process left running on the data.
   *
   * @throws EmbeddedServerException if the server is started, here or elsewhere
   */
  public synchronized void wipe() {
    DataFolderLock held = DataFolderLock.acquire(folder);
    try {
      postmaster.recover(STOP_LIMIT);
      Folders.delete(data);
    } finally {
      held.close();
    }
  }

  @Override
  public void close() {
    stop();
  }

  /** The port of 127.0.0.1, kept over restarts; 0 before the first start if none was given. */
  public synchronized int port() {
    return port;
  }

  /** The address of a database of this server; a new folder has {@code postgres} only. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
  }

  public String user() {
    return USER;
  }

  public String password() {
    return settings.password();
  }

  Path log() {
    return log.file();
  }

  /** Names the server and the folder of its data, for messages. */
  @Override
  public String toString() {
    return "PostgreSQL in " + folder;
  }

  private void release(DataFolderLock held) {
    close(guard);
    guard = null;
    lock = null;
    held.close();
  }

  private void letWatch(@Nullable ServerGuard watching) {
    if (watching != null) {
      postmaster.running().ifPresent(watching::watch);
    }
  }

  private static void close(@Nullable ServerGuard ending) {
    if (ending != null) {
      ending.close();
    }
  }

  private void launchOnAPort(ServerAccount account, PostgresBinaries binaries) {
    if (port != 0) {
      if (!LoopbackPorts.isFree(port)) {
        throw new EmbeddedServerException("port " + port + " is in use by another program");
      }
      launch(account, binaries, port);
      return;
    }
    for (int i = 1; port == 0; i++) {
      int candidate = LoopbackPorts.choose();
      try {
        launch(account, binaries, candidate);
        port = candidate;
      } catch (EmbeddedServerException e) {
        if (i == PORT_TRIES || LoopbackPorts.isFree(candidate)) {
          throw e; // the port is not the reason
        }
      }
    }
  }

  private void launch(ServerAccount account, PostgresBinaries binaries, int onPort) {
    new PostgresConfigFile(settings, onPort).write(data);
    log.rotate();
    account.own(folder);
    NativeCommand.Result result =
        account
            .command(
                List.of(
                    binaries.program("pg_ctl"),
                    "start",
                    "--silent",
                    "--wait",
                    "--timeout=" + START_LIMIT.toSeconds(),
                    "--pgdata=" + data,
                    "--log=" + log.file()))
            .within(START_LIMIT.plusSeconds(10))
            .run();
    if (!result.ok()) {
      throw new EmbeddedServerException(
          "PostgreSQL in " + folder + " does not start: " + log.reason(result.output()));
    }
    LOG.info("PostgreSQL serves {} on 127.0.0.1:{}", data, onPort);
  }

  /**
   * Checks that the server at our port serves our folder, as another server may answer there, and
   * that the given password is the folder's.
   */
  private void verify() {
    String url = jdbcUrl("postgres");
    try (Connection connection = DriverManager.getConnection(url, USER, settings.password());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select current_setting('data_directory')")) {
      row.next();
      Path served = Path.of(row.getString(1));
      if (!served.equals(data)) {
        throw new EmbeddedServerException(
            "the server at port " + port + " serves " + served + " and not " + data);
      }
    } catch (SQLException e) {
      if ("28P01".equals(e.getSQLState())) { // invalid_password
        throw new EmbeddedServerException(
            "the password given is not the one that PostgreSQL in " + folder + " was created with",
            e);
      }
      throw new EmbeddedServerException(
          "PostgreSQL in " + folder + " does not answer: " + e.getMessage(), e);
    }
  }
}
