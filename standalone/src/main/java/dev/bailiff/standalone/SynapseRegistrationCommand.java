package dev.bailiff.standalone;

import dev.bailiff.homeserver.synapse.http.ServiceToken;
import dev.bailiff.text.VisibleText;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bailiff synapse registration}. */
@Command(
    name = "registration",
    description = {
      "Prints the registration of an application service by which Bailiff redacts events in the name of their senders.",
      "",
      "Put the output into a file that Synapse's app_service_config_files names, and restart Synapse once. Its token can act as"
          + " every user: keep both files as secret as Synapse's signing key. The same token file gives the same registration.",
      ""
    })
final class SynapseRegistrationCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--server-name",
      paramLabel = "NAME",
      required = true,
      description = "The server's name: the part of its users' ids behind the colon.")
  private String serverName = "";

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      required = true,
      description =
          "Keeps the token, for --appservice-token-file. It is made, with a new token, if it is not there.")
  private Path tokenFile = Path.of("");

  @Override
  public Integer call() {
    PrintStream out = StandardOutput.claim();
    AppserviceRegistration.yaml(serverName, ""); // refuses a name before a file is made
    out.print(AppserviceRegistration.yaml(serverName, new AppserviceTokenFile(tokenFile).token()));
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    new ServiceToken(tokenFile)
        .exposure()
        .ifPresent(warning -> err.println("bailiff: " + VisibleText.of(warning)));
    return ExitCode.DONE;
  }
}
