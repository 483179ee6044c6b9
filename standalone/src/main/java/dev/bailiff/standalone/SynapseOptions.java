package dev.bailiff.standalone;

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

  /** The Synapse that was named, with absolute paths. */
  SynapseInfo info() {
    SynapseInfo info =
        new SynapseInfo(
            address(),
            adminTokenFile.toAbsolutePath().normalize().toString(),
            appserviceTokenFile == null
                ? null
                : appserviceTokenFile.toAbsolutePath().normalize().toString());
    info.factory(); // refuses an address that cannot be used
    return info;
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
