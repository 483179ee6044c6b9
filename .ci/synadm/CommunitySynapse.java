import dev.bailiff.embedded.EmbeddedPostgresServer;
import dev.bailiff.embedded.EmbeddedSynapse;
import dev.bailiff.embedded.PostgresSettings;
import dev.bailiff.embedded.PrivateAccess;
import dev.bailiff.embedded.SynapseDatabase;
import dev.bailiff.embedded.SynapseSettings;
import dev.bailiff.secret.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.postgresql.PGConnection;
import org.tukaani.xz.XZInputStream;

/**
 * The sample community on a real Synapse, with the ids that it has in {@code examples/community}.
 * It serves until its standard input ends.
 *
 * <p>Arguments: a folder; the Python environment, which is made if it is missing; the registration
 * of the application service; the snapshot, for its media; the rows. The folder then holds {@code
 * synapse-admin-token}, the token of the account {@code bailiff}, and at last {@code synapse-url}.
 *
 * <p>The rows are those of a database of Synapse 1.163.2, as {@code pg_dump} writes them, without
 * tokens and without what no command reads: notifications, the search index, ids of transactions,
 * old ends of rooms.
 */
final class CommunitySynapse {
  private static final String SERVER_NAME = "chat.example";

  private CommunitySynapse() {}

  public static void main(String[] args) throws Exception {
    var folder = Path.of(args[0]);
    var environment = Path.of(args[1]);
    var registration = Path.of(args[2]);
    var snapshot = Path.of(args[3]);
    var password = Secret.random();
    try (var postgres =
        new EmbeddedPostgresServer(PostgresSettings.in(folder.resolve("synapse-postgres"), password))
            .guarded()
            .start()) {
      fill(postgres, Path.of(args[4]));
      var home = folder.resolve("synapse");
      copy(snapshot.resolve("media"), home.resolve("media/local_content"));
      copy(snapshot.resolve("thumbnails"), home.resolve("media/local_thumbnails"));
      var database =
          new SynapseDatabase("127.0.0.1", postgres.port(), "synapse", postgres.user(), password);
      try (var synapse =
          new EmbeddedSynapse(
                  SynapseSettings.in(home, environment, SERVER_NAME, database)
                      .withRegistrations(List.of(registration)))
              .start()) {
        write(
            folder.resolve("synapse-admin-token"),
            synapse.register("bailiff", Secret.random(), true));
        write(folder.resolve("synapse-url"), synapse.url().toString());
        while (System.in.read() >= 0) {
          // nothing is said on it; its end is the end
        }
      }
    }
  }

  private static void fill(EmbeddedPostgresServer postgres, Path rows)
      throws IOException, SQLException {
    try (var connection =
            DriverManager.getConnection(
                postgres.jdbcUrl("postgres"), postgres.user(), postgres.password());
        var statement = connection.createStatement()) {
      statement.execute("create database synapse encoding 'UTF8' locale 'C' template template0");
    }
    try (var connection =
            DriverManager.getConnection(
                postgres.jdbcUrl("synapse"), postgres.user(), postgres.password());
        var lines =
            new BufferedReader(
                new InputStreamReader(
                    new XZInputStream(Files.newInputStream(rows)), StandardCharsets.UTF_8))) {
      run(connection, lines);
    }
  }

  /** Runs what {@code pg_dump} wrote: statements that end with their line, and rows to copy. */
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
    List<Path> all;
    try (Stream<Path> walk = Files.walk(from)) {
      all = walk.toList();
    }
    for (var each : all) {
      var target = to.resolve(from.relativize(each).toString());
      if (Files.isDirectory(each)) {
        Files.createDirectories(target);
      } else {
        Files.copy(each, target);
      }
    }
  }

  /** Writes a file that appears whole, for its owner alone. */
  private static void write(Path file, String text) throws IOException {
    var begun = Files.createFile(Path.of(file + ".begun"), PrivateAccess.forFile());
    Files.writeString(begun, text + "\n");
    Files.move(begun, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
