package dev.bailiff.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailiff.standalone.client.ApiAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ApiOptionsTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("BAILIFF_URL", "http://env:1", "BAILIFF_TOKEN", "env-token");

  @TempDir Path folder;

  @Test
  void optionsWinOverTheEnvironment() {
    ApiAddress address =
        options("--url", "http://opt:2", "--token", "opt-token").address(ENVIRONMENT);

    assertThat(address).hasToString("http://opt:2");
    assertThat(address.token()).isEqualTo("opt-token");
  }

  @Test
  void environmentIsAskedNext() {
    ApiAddress address = options().address(ENVIRONMENT);

    assertThat(address).hasToString("http://env:1");
    assertThat(address.token()).isEqualTo("env-token");
  }

  @Test
  void dataFolderGivesTheTokenThatIsMissing() throws IOException {
    Files.writeString(folder.resolve("admin-token"), "file-token\n");

    ApiAddress address =
        options("--url", "http://opt:2", "--data", folder.toString()).address(Map.of());

    assertThat(address.token()).isEqualTo("file-token");
  }

  @Test
  void namedDataFolderIsNotMixedWithTheEnvironment() {
    ApiOptions options = options("--data", folder.toString());

    assertThatThrownBy(() -> options.address(ENVIRONMENT))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining(folder + " is none");
  }

  private static ApiOptions options(String... arguments) {
    ApiOptions options = new ApiOptions();
    CommandLine command = new CommandLine(CommandLine.Model.CommandSpec.create());
    command
        .getCommandSpec()
        .addMixin("api", CommandLine.Model.CommandSpec.forAnnotatedObject(options));
    command.parseArgs(arguments);
    return options;
  }
}
