package dev.bailiff.standalone;

import dev.bailiff.database.Database;
import dev.bailiff.gateway.GatewayConfig;
import dev.bailiff.job.store.OperatorTokens;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bailiff token}. */
@Command(
    name = "token",
    description = {
      "Makes a new token for the HTTP API of a cluster of your own, valid for every call, and prints it.",
      "",
      "It is printed this once: the database has only its digest. 'bailiff up' makes one by itself, in its data folder.",
      ""
    })
final class TokenCommand implements Callable<Integer> {
  /** It is shown as a job's requester, {@code token:NAME}. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "Settings of a gateway, such as config/gateway.yml.")
  private Path config = Path.of("");

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "operator",
      description =
          "Whose it is, for the record of who asked for a job (default: ${DEFAULT-VALUE}).")
  private String name = "operator";

  @Override
  public Integer call() {
    PrintStream out = StandardOutput.claim();
    if (!NAME.matcher(name).matches()) {
      throw new CommandException(
          ExitCode.WRONG_USAGE, "--name is 1 to 64 letters, digits, dots, dashes or underscores");
    }
    GatewayConfig cluster = ConfigFile.gateway(config);
    try (Database database = CommandDatabase.open(cluster.database(), "token")) {
      out.println(new OperatorTokens(database.jdbi()).issue(name));
    }
    return ExitCode.DONE;
  }
}
