package dev.bailiff.benchmark;

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
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One PostgreSQL and one Kafka for all of a run, set as {@code bailiff up} sets its own (fsync on),
 * but for room: more shared buffers, and so much WAL that no checkpoint falls into a measured
 * round. Each round has a database of its own, copied from a template.
 */
final class Servers implements AutoCloseable {
  private static final String TEMPLATE = "bench_template";
  private static final String ROUND = "bench_round";

  private final Path folder;
  private final EmbeddedPostgresServer postgres;
  private final EmbeddedKafkaServer kafka;

  /**
   * Nothing is started yet.
   *
   * @param folder of our own; {@link #close} deletes it
   */
  Servers(Path folder) {
    this.folder = folder;
    this.postgres =
        new EmbeddedPostgresServer(
            PostgresSettings.in(folder.resolve("postgres"), UUID.randomUUID().toString())
                .with("shared_buffers", "1GB")
                .with("max_wal_size", "16GB")
                .with("checkpoint_timeout", "30min"));
    this.kafka = new EmbeddedKafkaServer(KafkaSettings.in(folder.resolve("kafka")));
  }

  void start() {
    postgres.start();
    kafka.start();
  }

  /** Creates the template that every round starts from. */
  void fillTemplate(Scale scale) throws SQLException {
    administer("create database " + TEMPLATE);
    try (Database database = Database.open(config(TEMPLATE), "template")) {
      database.migrate();
    }
    try (Connection connection = connect(TEMPLATE)) {
      Community.generate(connection, scale);
    }
  }

  /** A fresh copy of the template; the one before is dropped. */
  void copyTemplate() throws SQLException {
    dropRound();
    administer("create database " + ROUND + " template " + TEMPLATE + " strategy file_copy");
  }

  /** Drops the copy, so that no autovacuum of it runs beside the next round. */
  void dropRound() throws SQLException {
    administer("drop database if exists " + ROUND + " with (force)");
  }

  /** Where the round's database is. */
  DatabaseConfig round() {
    return config(ROUND);
  }

  /** A plain connection to the round's database. */
  Connection connectToRound() throws SQLException {
    return connect(ROUND);
  }

  /**
   * Topics and groups of a worker pair. Members join within a second, as under {@code bailiff up}.
   *
   * @param prefix its own for each round
   */
  KafkaConfig kafka(String prefix) {
    return new KafkaConfig(
        kafka.bootstrapServers(),
        prefix,
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
