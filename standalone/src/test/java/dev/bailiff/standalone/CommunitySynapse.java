package dev.bailiff.standalone;

import dev.bailiff.embedded.EmbeddedPostgresServer;
import dev.bailiff.embedded.EmbeddedSynapse;
import dev.bailiff.embedded.PostgresSettings;
import dev.bailiff.embedded.SynapseDatabase;
import dev.bailiff.embedded.SynapseSettings;
import dev.bailiff.secret.Secret;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.synapse.SynapseHttp;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;
import org.tukaani.xz.XZInputStream;

/**
 * The sample community on a real Synapse, with the ids that it has in {@code examples/community}.
 * The rows are what {@code pg_dump} wrote of a Synapse that it was made on.
 */
final class CommunitySynapse implements AutoCloseable {
  private static final String ADMIN = "bailiff";

  private final EmbeddedPostgresServer postgres;
  private final EmbeddedSynapse synapse;
  private final Path adminToken;
  private final Path serviceToken;

  /**
   * Starts the server.
   *
   * @param folder empty
   */
  CommunitySynapse(Path folder) throws IOException, SQLException {
    var password = Secret.random();
    adminToken = folder.resolve("admin-token");
    serviceToken = folder.resolve("service-token");
    var registration =
        Files.writeString(
            folder.resolve("appservice.yaml"),
            AppserviceRegistration.yaml(
                Community.SERVER, new AppserviceTokenFile(serviceToken).token()));
    postgres =
        new EmbeddedPostgresServer(PostgresSettings.in(folder.resolve("postgres"), password))
            .guarded()
            .start();
    fill();
    var home = folder.resolve("synapse");
    copy(Community.folder().resolve("media"), home.resolve("media/local_content"));
    synapse =
        new EmbeddedSynapse(
                SynapseSettings.in(
                        home,
                        Path.of(
                            System.getProperty(
                                "bailiff.synapse.environment", "target/synapse-environment")),
                        Community.SERVER,
                        new SynapseDatabase(
                            "127.0.0.1", postgres.port(), "synapse", postgres.user(), password))
                    .withRegistrations(List.of(registration)))
            .start();
    Files.writeString(adminToken, synapse.register(ADMIN, Secret.random(), true));
  }

  URI url() {
    return synapse.url();
  }

  /** The file with the token of a server admin. */
  Path adminToken() {
    return adminToken;
  }

  /** The file with the token of the application service. */
  Path serviceToken() {
    return serviceToken;
  }

  SynapseHttp http() {
    try {
      return new SynapseHttp(
          synapse::url,
          Files.readString(adminToken).strip(),
          Files.readString(serviceToken).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void fill() throws IOException, SQLException {
    try (var connection = connection("postgres");
        var statement = connection.createStatement()) {
      statement.execute("create database synapse encoding 'UTF8' locale 'C' template template0");
    }
    var rows = Community.folder().resolve("../../.ci/synadm/community-synapse.sql.xz").normalize();
    try (var connection = connection("synapse");
        var lines =
            new BufferedReader(
                new InputStreamReader(
                    new XZInputStream(Files.newInputStream(rows)), StandardCharsets.UTF_8))) {
      run(connection, lines);
    }
  }

  private Connection connection(String database) throws SQLException {
    return DriverManager.getConnection(
        postgres.jdbcUrl(database), postgres.user(), postgres.password());
  }

  /** Runs statements, which end with their line, and copies the rows behind each COPY. */
  private static void run(Connection connection, BufferedReader lines)
      throws IOException, SQLException {
    var text = new StringBuilder();
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      text.append(line).append('\n');
      if (!line.endsWith(";") || isInsideBody(text)) {
        continue;
      }
      if (text.indexOf("COPY ") == 0) {
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn(text.toString(), new StringReader(rows(lines)));
      } else {
        try (var statement = connection.createStatement()) {
          statement.execute(text.toString());
        }
      }
      text.setLength(0);
    }
  }

  private static boolean isInsideBody(StringBuilder text) {
    return text.toString().split("\\$\\$", -1).length % 2 == 0;
  }

  private static String rows(BufferedReader lines) throws IOException {
    var rows = new StringBuilder();
    for (var line = lines.readLine(); !line.equals("\\."); line = lines.readLine()) {
      rows.append(line).append('\n');
    }
    return rows.toString();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var walk = Files.walk(from)) {
      for (var each : walk.toList()) {
        var target = to.resolve(from.relativize(each).toString());
        if (Files.isDirectory(each)) {
          Files.createDirectories(target);
        } else {
          Files.copy(each, target);
        }
      }
    }
  }

  @Override
  public void close() {
    try (postgres) {
      synapse.close();
    }
  }
}
