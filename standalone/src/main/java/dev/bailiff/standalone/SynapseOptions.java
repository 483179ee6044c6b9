package dev.bailiff.standalone;

import dev.bailiff.homeserver.synapse.database.SynapseDatabaseConfig;
import dev.bailiff.standalone.stack.RuntimeInfo.SynapseDatabaseInfo;
import dev.bailiff.standalone.stack.RuntimeInfo.SynapseInfo;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name a running Synapse and the files with the tokens for it. */
final class SynapseOptions {
  /** Text and no {@link URI}: an error of its conversion would repeat a password in it. */
  @Option(
      names = "--synapse",
      paramLabel = "URL",
      required = true,
      description =
          "Address of a running Synapse that the jobs act on, such as http://127.0.0.1:8008.")
  private String url = "";

  @Option(
      names = "--admin-token-file",
      paramLabel = "FILE",
      required = true,
      description = "File with the token of a server admin of that Synapse.")
  private Path adminTokenFile = Path.of("");

  @Option(
      names = "--appservice-token-file",
      paramLabel = "FILE",
      description =
          "File with the token of an application service, see 'bailiff synapse registration'; without it redactions go through"
              + " Synapse's own job.")
  private @Nullable Path appserviceTokenFile;

  @Option(
      names = "--synapse-database",
      paramLabel = "JDBC_URL",
      description =
          "Synapse's own PostgreSQL, such as jdbc:postgresql://127.0.0.1:5432/synapse: large rooms are purged there by direct SQL,"
              + " and it is asked what else shows a file, where 'bailiff synapse check' allows it.")
  private @Nullable String database;

  @Option(
      names = "--synapse-database-user",
      paramLabel = "ROLE",
      defaultValue = "bailiff_purge",
      description = "The role of 'bailiff synapse grants --role' (default: ${DEFAULT-VALUE}).")
  private String databaseUser = "";

  @Option(
      names = "--synapse-database-password-file",
      paramLabel = "FILE",
      description = "File with the password of that role; without it none is sent.")
  private @Nullable Path databasePasswordFile;

  /** The Synapse that was named, with absolute paths. */
  SynapseInfo info() {
    SynapseInfo info =
        new SynapseInfo(
            address(),
            adminTokenFile.toAbsolutePath().normalize().toString(),
            appserviceTokenFile == null
                ? null
                : appserviceTokenFile.toAbsolutePath().normalize().toString(),
            databaseInfo());
    info.factory(); // refuses an address that cannot be used
    return info;
  }

  private @Nullable SynapseDatabaseInfo databaseInfo() {
    if (database == null) {
      if (databasePasswordFile != null) {
        throw new CommandException(
            ExitCode.WRONG_USAGE, "--synapse-database-password-file needs --synapse-database");
      }
      return null;
    }
    if (!database.startsWith("jdbc:postgresql:")
        || !SynapseDatabaseConfig.of(database, "", null, new SynapseDatabaseConfig.Purge())
            .isUrlWithoutSecret()) {
      // The URL itself may hold a password.
      throw new CommandException(
          ExitCode.WRONG_USAGE,
          "--synapse-database must look like jdbc:postgresql://HOST:PORT/DATABASE, without user and password: name"
              + " these by --synapse-database-user and --synapse-database-password-file");
    }
    if (databasePasswordFile != null) {
      ConfigFile.existing(databasePasswordFile);
    }
    return new SynapseDatabaseInfo(
        database,
        databaseUser,
        databasePasswordFile == null
            ? null
            : databasePasswordFile.toAbsolutePath().normalize().toString());
  }

  private URI address() {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      throw new CommandException(
          ExitCode.WRONG_USAGE,
          "the address of Synapse cannot be read: it must look like http://127.0.0.1:8008");
    }
  }
}
