package dev.bailiff.benchmark.data;

import dev.bailiff.database.Database;
import dev.bailiff.database.DatabaseConfig;
import dev.bailiff.embedded.EmbeddedKafkaServer;
import dev.bailiff.embedded.EmbeddedPostgresServer;
import dev.bailiff.embedded.KafkaSettings;
import dev.bailiff.embedded.PostgresSettings;
import dev.bailiff.kafka.KafkaConfig;
import io.dropwizard.util.Duration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One PostgreSQL and one Kafka for all of a run, set as {@code bailiff up} sets its own (fsync on),
 * but for room: more shared buffers, and so much WAL that no checkpoint falls into a measured
 * round. Each round has a database of its own, copied from a template.
 */
public final class Servers implements AutoCloseable {
  private static final String TEMPLATE = "bench_template_";
  private static final String ROUND = "bench_round";

  private final Path folder;
  private final Scale scale;
  private final Set<String> templates = new HashSet<>();
  private final EmbeddedPostgresServer postgres;
  private final EmbeddedKafkaServer kafka;

  /**
   * Nothing is started yet.
   *
   * @param folder of our own; {@link #close} deletes it
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

  /** A fresh copy of some data, which is generated if need be; the copy before is dropped. */
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

  /** Drops the copy, so that no autovacuum of it runs beside the next round. */
  public void dropRound() throws SQLException {
    administer("drop database if exists " + ROUND + " with (force)");
  }

  /** Where the round's database is. */
  public DatabaseConfig round() {
    return config(ROUND);
  }

  /** The process whose children are PostgreSQL's processes. */
  long postmaster() {
    try (var lines = Files.lines(folder.resolve("postgres/data/postmaster.pid"))) {
      return Long.parseLong(lines.findFirst().orElseThrow().strip());
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL does not run", e);
    }
  }

  /** Where media files are. */
  public Path mediaFolder() {
    return folder.resolve("media-store");
  }

  /** Where rows may put what they need. */
  public Path folder() {
    return folder;
  }

  /** A plain connection to the round's database. */
  public Connection connectToRound() throws SQLException {
    return connect(ROUND);
  }

  /**
   * Topics and groups of some workers. Members join within a second, as under {@code bailiff up}.
   *
   * @param round their own in each round
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

  /** Ends both and deletes their data; may be called again. */
  @Override
  public synchronized void close() {
    kafka.close();
    postgres.close();
    try {
      delete();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + folder, e);
    }
  }

  private void delete() throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException error)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
