package dev.bailiff.testing.synapse;

import dev.bailiff.embedded.EmbeddedPostgresServer;
import dev.bailiff.embedded.EmbeddedSynapse;
import dev.bailiff.embedded.Folders;
import dev.bailiff.embedded.SynapseDatabase;
import dev.bailiff.embedded.SynapseLimits;
import dev.bailiff.embedded.SynapseSettings;
import dev.bailiff.testing.server.PostgresExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The one Synapse of this test JVM, started at its first use and stopped when the JVM ends. Tests
 * make users and rooms of their own. A test that kills the server starts it again.
 *
 * <p>Ordinary users are throttled. Two application services may act as any user: one is never
 * throttled, the other one is throttled as users are.
 *
 * <p>The Python environment is kept in the folder that the system property {@code
 * bailiff.synapse.environment} names, by default in the module's folder {@code target}.
 */
public final class RealSynapse {
  private static final String SERVER = "synapse.example";
  private static final String ADMIN = "admin";
  private static final SynapseLimits LOW = new SynapseLimits(4, 2);

  private static @Nullable RealSynapse started;

  private final Path folder;
  private final SynapseDatabase database;
  private final EmbeddedSynapse server;
  private final Path adminToken;
  private final Path serviceToken;
  private final Path throttledToken;

  private RealSynapse(EmbeddedPostgresServer postgres) throws IOException {
    folder = Files.createTempDirectory("bailiff-synapse-");
    serviceToken = folder.resolve("service-token");
    throttledToken = folder.resolve("throttled-token");
    adminToken = folder.resolve("admin-token");
    database =
        new SynapseDatabase(
            "127.0.0.1", postgres.port(), "synapse", postgres.user(), postgres.password());
    server =
        new EmbeddedSynapse(
            SynapseSettings.in(folder.resolve("server"), environment(), SERVER, database)
                .withLimits(LOW)
                .withRegistrations(
                    List.of(
                        registration(folder, "unthrottled", serviceToken, false),
                        registration(folder, "throttled", throttledToken, true))));
  }

  /** The server, which runs. */
  public static synchronized RealSynapse get() {
    var synapse = started;
    if (synapse == null) {
      synapse = start();
      started = synapse;
    }
    return synapse;
  }

  private static RealSynapse start() {
    var postgres = PostgresExtension.privateServer().guarded().start();
    try {
      var synapse = new RealSynapse(postgres);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(synapse, postgres), "synapse-end"));
      synapse.server.start();
      Files.writeString(synapse.adminToken, synapse.server.register(ADMIN, "password", true));
      return synapse;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void end(RealSynapse synapse, EmbeddedPostgresServer postgres) {
    synapse.server.close();
    postgres.close();
    Folders.delete(synapse.folder);
  }

  private static Path environment() {
    return Path.of(System.getProperty("bailiff.synapse.environment", "target/synapse-environment"));
  }

  private static Path registration(Path folder, String id, Path token, boolean throttled)
      throws IOException {
    Files.writeString(token, id + "-token");
    return Files.writeString(
        folder.resolve(id + ".yaml"),
        String.join(
            "\n",
            "id: " + id,
            "url: null",
            "as_token: " + id + "-token",
            "hs_token: " + id + "-homeserver-token",
            "sender_localpart: " + id,
            "rate_limited: " + throttled,
            "namespaces:",
            "  users: [{regex: '@.*:synapse[.]example', exclusive: false}]",
            "  aliases: [{regex: '#.*:synapse[.]example', exclusive: false}]",
            "  rooms: []",
            ""));
  }

  /** The server itself, to be killed and started again. */
  public EmbeddedSynapse server() {
    return server;
  }

  public URI url() {
    return server.url();
  }

  /** Synapse's own database, with all rights. */
  public Jdbi database() {
    return Jdbi.create(database.jdbcUrl(), database.user(), database.password());
  }

  /** The address of {@link #database()}. */
  public String databaseUrl() {
    return database.jdbcUrl();
  }

  /** A server admin. */
  public String admin() {
    return "@" + ADMIN + ":" + SERVER;
  }

  /** The file with the token of {@link #admin()}. */
  public Path adminToken() {
    return adminToken;
  }

  /** The file with the token of the application service that is never throttled. */
  public Path serviceToken() {
    return serviceToken;
  }

  /** The file with the token of the application service that is throttled. */
  public Path throttledToken() {
    return throttledToken;
  }

  /** Calls of the admin and of users. */
  public SynapseHttp http() {
    try {
      return new SynapseHttp(
          server::url, Files.readString(adminToken), Files.readString(serviceToken));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
