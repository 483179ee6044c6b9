package dev.bailiff.standalone;

import dev.bailiff.access.OperatorTokens;
import dev.bailiff.audit.AuditEntry;
import dev.bailiff.audit.AuditedCall;
import dev.bailiff.audit.AuditedTransactions;
import dev.bailiff.database.Database;
import dev.bailiff.database.DatabaseConfig;
import dev.bailiff.standalone.stack.DataFolder;
import dev.bailiff.standalone.stack.StoreAccess;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The tokens that a command works on: those of a data folder, or of a cluster of one's own. */
final class TokenStore {
  /** What the commands change is told; who may run them is the business of the machine. */
  private static final AuditedCall AUDITED =
      new AuditedCall(
          new AuditEntry("command", null, null, "bailiff tokens", null, null, null, ""));

  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings of a gateway of a cluster of your own, such as config/gateway.yml.")
  private @Nullable Path config;

  /** Works on the tokens. If nothing is up in a data folder, its database is started for this. */
  <T> T with(Function<OperatorTokens, T> work) {
    if (config != null) {
      return on(ConfigFile.gateway(config).database(), work);
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
      return on(store.database(), work);
    }
  }

  /** The data folder; null if the command works on a cluster. */
  @Nullable DataFolder folder() {
    return config == null ? data.folder() : null;
  }

  private static <T> T on(DatabaseConfig settings, Function<OperatorTokens, T> work) {
    try (Database database = CommandDatabase.open(settings, "tokens")) {
      AuditedTransactions.install(database.jdbi());
      AUDITED.begin();
      return work.apply(new OperatorTokens(database.jdbi()));
    } finally {
      AuditedCall.end();
    }
  }
}
