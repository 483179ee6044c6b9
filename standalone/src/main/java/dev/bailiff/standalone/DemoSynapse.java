package dev.bailiff.standalone;

import dev.bailiff.embedded.EmbeddedPostgresServer;
import dev.bailiff.embedded.EmbeddedSynapse;
import dev.bailiff.embedded.PostgresSettings;
import dev.bailiff.embedded.PrivateAccess;
import dev.bailiff.embedded.SynapseDatabase;
import dev.bailiff.embedded.SynapseSettings;
import dev.bailiff.secret.Secret;
import dev.bailiff.standalone.stack.RuntimeInfo.SynapseInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A real Synapse for the demo, with a PostgreSQL of its own. Everything is below the demo's folder,
 * except the Python environment, which later demos use again.
 */
final class DemoSynapse implements AutoCloseable {
  static final String SERVER_NAME = "demo.example";
  private static final String ADMIN = "admin";

  private final EmbeddedPostgresServer postgres;
  private final EmbeddedSynapse synapse;
  private final Path adminTokenFile;
  private final Path appserviceTokenFile;
  private final String adminToken;

  private DemoSynapse(
      EmbeddedPostgresServer postgres,
      EmbeddedSynapse synapse,
      Path adminTokenFile,
      Path appserviceTokenFile,
      String adminToken) {
    this.postgres = postgres;
    this.synapse = synapse;
    this.adminTokenFile = adminTokenFile;
    this.appserviceTokenFile = appserviceTokenFile;
    this.adminToken = adminToken;
  }

  /**
   * Starts an empty Synapse; the first time it is installed, which takes a minute.
   *
   * @param folder of the demo
   * @param binaries programs of PostgreSQL, shared with the demo's other server
   * @param environment folder of the Python environment
   * @throws dev.bailiff.embedded.EmbeddedServerException if, for example, Python is missing
   */
  static DemoSynapse start(Path folder, Path binaries, Path environment) throws IOException {
    String password = Secret.random();
    EmbeddedPostgresServer postgres =
        new EmbeddedPostgresServer(
                PostgresSettings.in(folder.resolve("synapse-postgres"), password)
                    .withBinaries(binaries))
            .guarded()
            .start();
    EmbeddedSynapse synapse = null;
    try {
      Path appserviceTokenFile = folder.resolve("synapse-appservice-token");
      String token = new AppserviceTokenFile(appserviceTokenFile).token();
      Path registration =
          secret(
              folder.resolve("synapse-appservice.yaml"),
              AppserviceRegistration.yaml(SERVER_NAME, token));
      SynapseDatabase database =
          new SynapseDatabase("127.0.0.1", postgres.port(), "synapse", "postgres", password);
      synapse =
          new EmbeddedSynapse(
                  SynapseSettings.in(folder.resolve("synapse"), environment, SERVER_NAME, database)
                      .withRegistrations(List.of(registration)))
              .start();
      String adminToken = synapse.register(ADMIN, Secret.random(), true);
      Path adminTokenFile = secret(folder.resolve("synapse-admin-token"), adminToken + "\n");
      return new DemoSynapse(postgres, synapse, adminTokenFile, appserviceTokenFile, adminToken);
    } catch (IOException | RuntimeException e) {
      if (synapse != null) {
        synapse.close();
      }
      postgres.close();
      throw e;
    }
  }

  /** Writes a file that its owner alone may read. */
  private static Path secret(Path file, String text) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(file, PrivateAccess.forFile());
    return Files.writeString(file, text);
  }

  /** The server, to be filled. */
  EmbeddedSynapse server() {
    return synapse;
  }

  /** The homeserver as {@code up --synapse} knows it. */
  SynapseInfo info() {
    return new SynapseInfo(
        synapse.url(), adminTokenFile.toString(), appserviceTokenFile.toString(), null);
  }

  /** The token of a server admin, for light calls. */
  String adminToken() {
    return adminToken;
  }

  /** Ends Synapse as {@code kill -9} does, and starts it again. */
  void killAndRestart() {
    synapse.restart();
  }

  @Override
  public void close() {
    try (postgres) {
      synapse.close();
    }
  }
}
