package dev.bailiff.standalone;

import dev.bailiff.database.Database;
import dev.bailiff.database.DatabaseConfig;
import dev.bailiff.standalone.stack.DataFolder;
import dev.bailiff.standalone.stack.StoreAccess;
import java.nio.file.Path;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The database of the audit: that of a data folder, or of a cluster of one's own. */
final class AuditStore {
  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings of a gateway of a cluster of your own, such as config/gateway.yml.")
  private @Nullable Path config;

  /** Works on the database under the role of gateways and workers. */
  <T> T with(Function<Jdbi, T> work) {
    return on(settings -> settings, work);
  }

  /** Works on the database under the owner of the tables. */
  <T> T asOwner(Function<Jdbi, T> work) {
    return on(DatabaseConfig::asOwner, work);
  }

  private <T> T on(Function<DatabaseConfig, DatabaseConfig> role, Function<Jdbi, T> work) {
    if (config != null) {
      return on(ConfigFile.gateway(config).database(), role, work);
    }
    DataFolder folder = data.folder();
    // Nobody expects that a mistyped name makes a folder with a database.
    if (folder.runtime().isEmpty()) {
      throw new CommandException(
          ExitCode.WRONG_USAGE,
          folder.path()
              + " is no data folder: name one by --data, or a gateway's file by --config");
    }
    try (StoreAccess store = StoreAccess.open(folder)) {
      return on(store.database(), role, work);
    }
  }

  private static <T> T on(
      DatabaseConfig settings,
      Function<DatabaseConfig, DatabaseConfig> role,
      Function<Jdbi, T> work) {
    try (Database migrated = CommandDatabase.open(settings, "audit");
        Database database = Database.open(role.apply(settings), "audit")) {
      return work.apply(database.jdbi());
    }
  }
}
