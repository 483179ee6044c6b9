package dev.bailiff.testing.server;

import dev.bailiff.embedded.EmbeddedKafkaServer;
import dev.bailiff.embedded.EmbeddedPostgresServer;
import dev.bailiff.embedded.EmbeddedServerException;
import dev.bailiff.embedded.KafkaSettings;
import dev.bailiff.embedded.PostgresSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The one PostgreSQL and the one Kafka of this test JVM. Each is started at its first use and
 * stopped when the JVM ends.
 *
 * <p>The servers are embedded. They run in containers if a Docker engine answers and neither the
 * system property {@code bailiff.test.embedded} nor the environment's {@code BAILIFF_TEST_EMBEDDED}
 * is {@code true}.
 */
final class TestServers {
  /**
   * Each JVM of a module's tests has its own folder, as it deletes the content of the folder at its
   * start. The module's folder is part of the name, as several clones may be tested at once.
   */
  private static final Path ROOT =
      TestDisk.folder("test-servers")
          .resolve(Integer.toHexString(Path.of("").toAbsolutePath().hashCode()))
          .resolve(System.getProperty("bailiff.test.fork", "1"));

  /**
   * The modules of a build share this folder, so that the programs are unpacked once. It lies
   * outside the folders that {@code clean} deletes.
   */
  private static final Path BINARIES =
      Path.of(
          System.getProperty("java.io.tmpdir"),
          "bailiff-postgres-" + System.getProperty("user.name"));

  private static final String PASSWORD = "test-password";

  private static final List<Runnable> STARTED = new ArrayList<>();

  private static @Nullable PostgresAddress postgres;
  private static @Nullable String bootstrapServers;
  private static boolean used;

  private TestServers() {}

  static synchronized PostgresAddress postgres() {
    PostgresAddress address = postgres;
    if (address == null) {
      address = DockerEngine.answers() ? Containers.startPostgres() : startPostgres();
      postgres = address;
    }
    return address;
  }

  static synchronized String bootstrapServers() {
    String servers = bootstrapServers;
    if (servers == null) {
      servers = DockerEngine.answers() ? Containers.startKafka() : startKafka();
      bootstrapServers = servers;
    }
    return servers;
  }

  /**
   * A broker for one test alone. It is always embedded, as the test stops, wipes and starts it
   * again.
   */
  static EmbeddedKafkaServer privateKafka() {
    return privateKafka(UnaryOperator.identity());
  }

  /** A broker for one test alone, with other settings. */
  static EmbeddedKafkaServer privateKafka(UnaryOperator<KafkaSettings> changes) {
    return new EmbeddedKafkaServer(changes.apply(KafkaSettings.in(newFolder("kafka"))));
  }

  /**
   * A PostgreSQL for one test alone. It is always embedded, as the test stops and starts it again.
   */
  static EmbeddedPostgresServer privatePostgres() {
    return new EmbeddedPostgresServer(settings(newFolder("postgres")));
  }

  private static PostgresAddress startPostgres() {
    EmbeddedPostgresServer server = privatePostgres().start();
    STARTED.add(server::close);
    return new PostgresAddress("127.0.0.1", server.port(), server.user(), server.password());
  }

  private static String startKafka() {
    EmbeddedKafkaServer server = privateKafka().start();
    STARTED.add(server::close);
    return server.bootstrapServers();
  }

  static PostgresSettings settings(Path folder) {
    return PostgresSettings.in(folder, PASSWORD)
        .withBinaries(BINARIES)
        .with("max_connections", "200")
        // Tests kill processes and never the machine. Written data is then in the kernel already,
        // so nothing is lost without flushing, and no page can be torn.
        .with("fsync", "off")
        .with("full_page_writes", "off");
  }

  static synchronized Path newFolder(String name) {
    try {
      if (!used) {
        used = true;
        deleteAll();
        Runtime.getRuntime().addShutdownHook(new Thread(TestServers::end, "test-servers-end"));
      }
      return Files.createTempDirectory(Files.createDirectories(ROOT), name + "-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void end() {
    STARTED.forEach(Runnable::run);
    try {
      deleteAll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops and removes all servers below this folder, including those of killed test runs. */
  private static void deleteAll() throws IOException {
    if (!Files.exists(ROOT)) {
      return;
    }
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(ROOT)) {
      for (Path folder : folders) {
        try {
          new EmbeddedPostgresServer(settings(folder)).wipe();
          new EmbeddedKafkaServer(KafkaSettings.in(folder)).wipe();
        } catch (EmbeddedServerException e) {
          // in use by another test JVM
        }
      }
    }
  }
}
