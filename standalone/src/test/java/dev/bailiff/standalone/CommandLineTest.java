package dev.bailiff.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo", "up", "worker", "gateway", "import", "tokens", "token", "submit", "jobs", "job"
      })
  void everyVerbHasHelpWithItsExitCodes(String verb) {
    assertThat(run(verb, "--help")).isEqualTo(ExitCode.DONE);

    assertThat(out.toString()).startsWith("Usage: bailiff " + verb).contains("Exit codes:");
    assertThat(out.toString().lines()).allMatch(line -> line.length() <= 120);
  }

  @Test
  void helpListsEveryVerb() {
    assertThat(run("--help")).isEqualTo(ExitCode.DONE);

    assertThat(out.toString())
        .contains(
            "demo", "up", "worker", "gateway", "import", "tokens", "token", "submit", "bench",
            "test");
  }

  @ParameterizedTest
  @CsvSource({
    "up --port eight,--port",
    "up --port 70000,out of range",
    "up --workers -1,workers",
    "submit,KIND",
    "submit delete-rooms --url http://127.0.0.1:1 --token t,no target",
    "submit delete-rooms --target !a:b --parameters [] --url http://127.0.0.1:1 --token t,JSON object",
    "submit delete-rooms --target !a:b --parameters { --url http://127.0.0.1:1 --token t,no JSON",
    "submit delete-rooms --targets missing.txt --url http://127.0.0.1:1 --token t,cannot be read",
    "job,ID",
    "gateway,--config",
    "gateway --config missing.yml,cannot be read",
    "import snapshot --config missing.yml,cannot be read",
    "token --data missing,--config",
    "tokens list --data missing,is no data folder",
    "tokens revoke --data missing ops,is no data folder",
    "tokens revoke --data missing,TOKEN",
    "tokens new --config missing.yml,cannot be read",
    "token --config missing.yml,cannot be read",
    "token --config ../config/gateway.yml --name a:b,--name",
    "token --config ../config/worker.yml,cannot be used",
    "worker --config missing.yml,cannot be read",
    "jobs --url localhost:8008 --token t,is no address",
    "fly,fly"
  })
  void wrongUsageIsSaidInOneLine(String command, String words) {
    assertThat(run(command.split(" "))).isEqualTo(ExitCode.WRONG_USAGE);

    assertThat(err.toString()).contains(words).doesNotContain("Exception");
  }

  /** The typed word may have been pasted. */
  @Test
  void whatIsRefusedMovesNoCursor() {
    assertThat(run("fly\u001b[2J\u202e")).isEqualTo(ExitCode.WRONG_USAGE);

    assertThat(err.toString()).contains("fly").doesNotContain("\u001b", "\u202e");
  }

  /** A variable without a value gives an empty path, which would mean the current folder. */
  @ParameterizedTest
  @ValueSource(strings = {"worker", "import", "tokens list", "submit", "jobs"})
  void anEmptyPathIsRefused(String verb) {
    var arguments = Stream.concat(Stream.of(verb.split(" ")), Stream.of("--data", ""));

    assertThat(run(arguments.toArray(String[]::new))).isEqualTo(ExitCode.WRONG_USAGE);

    assertThat(err.toString()).contains("the path is empty");
  }

  @Test
  void nothingUpIsNoAnswer() {
    assertThat(run("worker", "--data", folder.toString())).isEqualTo(ExitCode.NO_ANSWER);

    assertThat(err.toString()).contains("nothing is up in " + folder);
  }

  @Test
  void unreachableAddressIsNoAnswer() {
    assertThat(run("jobs", "--url", "http://127.0.0.1:1", "--token", "t"))
        .isEqualTo(ExitCode.NO_ANSWER);

    assertThat(err.toString()).contains("no answer from http://127.0.0.1:1");
  }

  private int run(String... arguments) {
    CommandLine command =
        Bailiff.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .setUsageHelpAutoWidth(false)
            .setUsageHelpWidth(120);
    return command.execute(arguments);
  }
}
