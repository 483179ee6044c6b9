package dev.bailiff.benchmark.live;

import dev.bailiff.benchmark.data.Queries;
import dev.bailiff.benchmark.data.Servers;
import dev.bailiff.embedded.EmbeddedSynapse;
import dev.bailiff.embedded.PrivateAccess;
import dev.bailiff.embedded.SynapseDatabase;
import dev.bailiff.embedded.SynapseSettings;
import dev.bailiff.homeserver.synapse.SynapseGrants;
import dev.bailiff.homeserver.synapse.SynapseHomeserverFactory;
import dev.bailiff.homeserver.synapse.database.SynapseDatabaseConfig;
import dev.bailiff.secret.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * A real Synapse on the PostgreSQL of the run, with an admin, an application service that may act
 * as any user, and the role for purges by direct SQL. Nobody is throttled.
 */
public final class LiveSynapse implements AutoCloseable {
  /** The role of purges by direct SQL. */
  public static final String PURGE_ROLE = "bailiff_purge";

  private static final String SERVER_NAME = "bench.example";
  private static final String ADMIN = "admin";
  private static final Duration LOOK = Duration.ofMillis(20);

  private final EmbeddedSynapse server;
  private final SynapseDatabase database;
  private final Secrets secrets;
  private final SynapseApi api;
  private final SynapseData data;

  private LiveSynapse(EmbeddedSynapse server, SynapseDatabase database, Secrets secrets) {
    this.server = server;
    this.database = database;
    this.secrets = secrets;
    this.api = new SynapseApi(server.url(), secrets.adminToken(), secrets.serviceToken());
    this.data = new SynapseData(api, SERVER_NAME);
  }

  /** The tokens, and the files that have them for Bailiff. */
  private record Secrets(
      String adminToken, Path adminFile, String serviceToken, Path serviceFile, Path purgeFile) {}

  /**
   * Starts the server and waits until it has prepared its database.
   *
   * @throws dev.bailiff.embedded.EmbeddedServerException if, for example, Python is missing
   */
  static LiveSynapse start(Servers servers, Path environment)
      throws IOException, InterruptedException, SQLException {
    var folder = Files.createDirectories(servers.folder().resolve("live"));
    var database = servers.synapseDatabase();
    var serviceToken = Secret.random();
    var registration = secret(folder.resolve("appservice.yaml"), registration(serviceToken));
    var server =
        new EmbeddedSynapse(
            SynapseSettings.in(folder.resolve("synapse"), environment, SERVER_NAME, database)
                .withRegistrations(List.of(registration)));
    try {
      server.start();
      var adminToken = server.register(ADMIN, Secret.random(), true);
      var purgePassword = Secret.random();
      var synapse =
          new LiveSynapse(
              server,
              database,
              new Secrets(
                  adminToken,
                  secret(folder.resolve("admin-token"), adminToken),
                  serviceToken,
                  secret(folder.resolve("service-token"), serviceToken),
                  secret(folder.resolve("purge-password"), purgePassword)));
      synapse.prepare(purgePassword);
      return synapse;
    } catch (IOException | InterruptedException | SQLException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** Writes a file that its owner alone may read. */
  private static Path secret(Path file, String text) throws IOException {
    Files.createFile(file, PrivateAccess.forFile());
    return Files.writeString(file, text + "\n");
  }

  private static String registration(String token) {
    return """
    id: bailiff
    url: null
    as_token: %s
    hs_token: %s
    sender_localpart: bailiff-appservice
    rate_limited: false
    namespaces:
      users: [{exclusive: false, regex: '@.*:bench[.]example'}]
      aliases: []
      rooms: []\
    """
        .formatted(token, Secret.random());
  }

  /** A purge by direct SQL is refused while Synapse still works on its schema. */
  private void prepare(String purgePassword) throws SQLException, InterruptedException {
    try (Connection connection = connect()) {
      while (Queries.number(connection, "select count(*) from background_updates") > 0) {
        Thread.sleep(LOOK.toMillis());
      }
      Queries.run(connection, SynapseGrants.of(PURGE_ROLE));
      Queries.run(connection, "alter role " + PURGE_ROLE + " password '" + purgePassword + "'");
    }
  }

  /** Calls of the admin and of users. */
  public SynapseApi api() {
    return api;
  }

  /** Users, rooms and messages. */
  public SynapseData data() {
    return data;
  }

  /** The work of jobs, by Synapse's own calls. */
  public ByHand byHand() {
    return new ByHand(this);
  }

  /** A connection to Synapse's database as its owner. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
  }

  /** One number from Synapse's database. */
  public long number(String sql, Object... parameters) throws SQLException {
    try (Connection connection = connect()) {
      return Queries.number(connection, sql, parameters);
    }
  }

  /** The homeserver as {@code bailiff up --synapse} knows it. */
  public SynapseHomeserverFactory homeserver() {
    return SynapseHomeserverFactory.of(server.url(), secrets.adminFile(), secrets.serviceFile());
  }

  /**
   * The homeserver with Synapse's database, for purges by direct SQL.
   *
   * @param fromEvents number of events from which a room is purged by direct SQL
   */
  public SynapseHomeserverFactory homeserverWithDatabase(int fromEvents) {
    return homeserver()
        .withDatabase(
            SynapseDatabaseConfig.of(
                database.jdbcUrl(),
                PURGE_ROLE,
                secrets.purgeFile(),
                SynapseDatabaseConfig.Purge.of(fromEvents, 1)));
  }

  /** Takes the traces of earlier rounds out of the tables, and writes everything to the disk. */
  public void settle() throws SQLException {
    try (Connection connection = connect()) {
      Queries.run(connection, "vacuum (analyze)");
      Queries.run(connection, "checkpoint");
    }
  }

  /** Waits until Synapse has no task under way. */
  public void awaitNoTasks() throws SQLException, InterruptedException {
    try (Connection connection = connect()) {
      while (Queries.number(
              connection,
              "select count(*) from scheduled_tasks where status in ('active', 'scheduled') and"
                  + " action in ('shutdown_and_purge_room', 'purge_history', 'redact_all_events')")
          > 0) {
        Thread.sleep(LOOK.toMillis());
      }
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
