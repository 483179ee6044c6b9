package dev.bailiff.benchmark.data;

import dev.bailiff.database.Database;
import dev.bailiff.database.DatabaseConfig;
import dev.bailiff.embedded.EmbeddedKafkaServer;
import dev.bailiff.embedded.EmbeddedPostgresServer;
import dev.bailiff.embedded.Folders;
import dev.bailiff.embedded.KafkaSettings;
import dev.bailiff.embedded.PostgresSettings;
import dev.bailiff.embedded.SynapseDatabase;
import dev.bailiff.kafka.KafkaConfig;
import io.dropwizard.util.Duration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * One PostgreSQL and one Kafka for a whole run, with the settings of {@code bailiff up} (fsync on),
 * except for more shared buffers, and for so much WAL that no checkpoint falls into a measured
 * round. Each round has a database of its own, copied from a template.
 */
public final class Servers implements AutoCloseable {
  private static final String TEMPLATE = "bench_template_";
  private static final String ROUND = "bench_round";
  private static final String LOOPBACK = "127.0.0.1";

  private final Path folder;
  private final Scale scale;
  private final Set<String> templates = new HashSet<>();
  private final EmbeddedPostgresServer postgres;
  private final EmbeddedKafkaServer kafka;

  /**
   * Prepares the servers; none is started yet.
   *
   * @param folder for this object alone; {@link #close} deletes it
   */
  public Servers(Path folder, Scale scale) {
    this.folder = folder;
    this.scale = scale;
    this.postgres =
        new EmbeddedPostgresServer(
            PostgresSettings.in(folder.resolve("postgres"), UUID.randomUUID().toString())
                .with("shared_buffers", "1GB")
                .with("max_connections", "300")
                .with("max_wal_size", "16GB")
                .with("checkpoint_timeout", "30min"));
    this.kafka = new EmbeddedKafkaServer(KafkaSettings.in(folder.resolve("kafka")));
  }

  public void start() {
    postgres.start();
    kafka.start();
  }

  /** Creates the template that rounds start from. */
  private void fillTemplate(Dataset dataset) throws SQLException {
    String template = TEMPLATE + dataset.name();
    administer("create database " + template);
    try (Database database = Database.open(config(template), "template")) {
      database.migrate();
    }
    try (Connection connection = connect(template)) {
      dataset.generator().generate(connection, scale);
    }
  }

  /**
   * Makes a fresh copy of a dataset, and generates the dataset first if necessary; drops the
   * previous copy.
   */
  public void copyTemplate(Dataset dataset) throws SQLException {
    dropRound();
    if (templates.add(dataset.name())) {
      fillTemplate(dataset);
    }
    administer(
        "create database "
            + ROUND
            + " template "
            + (TEMPLATE + dataset.name())
            + " strategy file_copy");
  }

  /** Makes an empty database for a round; drops the previous one. */
  public void emptyRound() throws SQLException {
    dropRound();
    administer("create database " + ROUND);
  }

  /** A database of this PostgreSQL for a Synapse, which makes it. */
  public SynapseDatabase synapseDatabase() {
    return new SynapseDatabase(
        LOOPBACK, postgres.port(), "synapse", postgres.user(), postgres.password());
  }

  /** Drops the copy, so that no autovacuum of the copy runs during the next round. */
  public void dropRound() throws SQLException {
    administer("drop database if exists " + ROUND + " with (force)");
  }

  /** The address of the round's database. */
  public DatabaseConfig round() {
    return config(ROUND);
  }

  /**
   * The process id of PostgreSQL's main process; all other PostgreSQL processes are its children.
   */
  long postmaster() {
    try (var lines = Files.lines(folder.resolve("postgres/data/postmaster.pid"))) {
      return Long.parseLong(lines.findFirst().orElseThrow().strip());
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL does not run", e);
    }
  }

  /** The folder of media files. */
  public Path mediaFolder() {
    return folder.resolve("media-store");
  }

  /** The folder where rows may put their own files. */
  public Path folder() {
    return folder;
  }

  /** A plain connection to the round's database. */
  public Connection connectToRound() throws SQLException {
    return connect(ROUND);
  }

  /**
   * Topics and groups for some workers. Members join within a second, as under {@code bailiff up}.
   *
   * @param round gives each round its own topics and groups
   */
  public KafkaConfig kafka(String round) {
    return new KafkaConfig(
        kafka.bootstrapServers(),
        "bench-" + round,
        Duration.seconds(30),
        Map.of("share.heartbeat.interval.ms", "1000"));
  }

  private DatabaseConfig config(String database) {
    return new DatabaseConfig(postgres.jdbcUrl(database), postgres.user(), postgres.password());
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        postgres.jdbcUrl(database), postgres.user(), postgres.password());
  }

  private void administer(String sql) throws SQLException {
    try (Connection connection = connect("postgres")) {
      Queries.run(connection, sql);
    }
  }

  /** Ends both servers and deletes their data; may be called again. */
  @Override
  public synchronized void close() {
    kafka.close();
    postgres.close();
    Folders.delete(folder);
  }
}
