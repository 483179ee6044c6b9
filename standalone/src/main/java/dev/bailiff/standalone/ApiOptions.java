package dev.bailiff.standalone;

import dev.bailiff.standalone.client.ApiAddress;
import dev.bailiff.standalone.client.ApiClient;
import dev.bailiff.standalone.client.JobRequests;
import dev.bailiff.standalone.stack.DataFolder;
import dev.bailiff.standalone.stack.RuntimeInfo;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Finds the address of a Bailiff and a token for it: from the options first, then from the
 * environment, then from the data folder. The search for the address is independent of the search
 * for the token.
 */
final class ApiOptions {
  static final String URL_VARIABLE = "BAILIFF_URL";
  static final String TOKEN_VARIABLE = "BAILIFF_TOKEN";

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Address of a gateway; else BAILIFF_URL, else that of the data folder.")
  private @Nullable URI url;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description =
          "Admin token; else BAILIFF_TOKEN, else that of the data folder. Others on this machine can see options.")
  private @Nullable String token;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Data folder of a running 'bailiff up' (default: data in the current folder).")
  private @Nullable Path data;

  JobRequests calls() {
    return new JobRequests(new ApiClient(address(System.getenv())));
  }

  /**
   * With {@code --data} given, the environment does not count: its variables may name another
   * Bailiff than the data folder.
   */
  ApiAddress address(Map<String, String> environment) {
    Map<String, String> variables = data == null ? environment : Map.of();
    DataFolder folder = DataFolder.at(data == null ? Path.of(DataOption.DEFAULT) : data);
    URI address =
        Optional.ofNullable(url)
            .or(() -> variable(variables, URL_VARIABLE).map(URI::create))
            .orElseGet(() -> urlOf(folder));
    String secret =
        Optional.ofNullable(token)
            .or(() -> variable(variables, TOKEN_VARIABLE))
            .or(folder::adminToken)
            .orElseThrow(
                () ->
                    new CommandException(
                        ExitCode.WRONG_USAGE,
                        "no token: give --token, BAILIFF_TOKEN or the --data of a Bailiff"));
    return new ApiAddress(address, secret);
  }

  private static Optional<String> variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  private static URI urlOf(DataFolder folder) {
    RuntimeInfo info =
        folder
            .runtime()
            .orElseThrow(
                () ->
                    new CommandException(
                        ExitCode.WRONG_USAGE,
                        "no address: give --url, BAILIFF_URL or the --data of a Bailiff ("
                            + folder.path()
                            + " is none)"));
    String url = info.url();
    if (url == null || !info.isUp()) {
      throw new CommandException(
          ExitCode.NO_ANSWER,
          "nothing is up in " + folder.path() + ": start it with 'bailiff up --data'");
    }
    return URI.create(url);
  }
}
