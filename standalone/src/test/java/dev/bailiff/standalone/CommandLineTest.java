package dev.bailiff.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
        "demo",
        "up",
        "worker",
        "gateway",
        "import",
        "tokens",
        "token",
        "submit",
        "jobs",
        "job",
        "count",
        "pause",
        "resume",
        "cancel",
        "retry",
        "approve",
        "reject",
        "change",
        "delete",
        "plan",
        "run",
        "failures",
        "targets",
        "receipt",
        "workers",
        "whoami",
        "webhooks",
        "webhooks list",
        "webhooks new",
        "webhooks delete",
        "webhooks failed",
        "webhooks replay",
        "synapse",
        "synapse check",
        "synapse grants",
        "synapse registration"
      })
  void everyVerbHasHelpWithItsExitCodes(String verb) {
    var arguments = Stream.concat(Stream.of(verb.split(" ")), Stream.of("--help"));

    assertThat(run(arguments.toArray(String[]::new))).isEqualTo(ExitCode.DONE);

    assertThat(out.toString()).startsWith("Usage: bailiff " + verb).contains("Exit codes:");
    assertThat(out.toString().lines()).allMatch(line -> line.length() <= 120);
  }

  @Test
  void registrationSaysThatOthersMayReadItsToken() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "mine\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    int ended =
        run("synapse", "registration", "--server-name", "a.b", "--token-file", file.toString());

    assertThat(ended).isEqualTo(ExitCode.DONE);
    assertThat(err.toString()).contains("chmod 600").doesNotContain("mine");
  }

  @Test
  void helpListsEveryVerb() {
    assertThat(run("--help")).isEqualTo(ExitCode.DONE);

    assertThat(out.toString())
        .contains(
            "demo", "up", "worker", "gateway", "import", "tokens", "token", "submit", "synapse",
            "bench", "test");
  }

  @ParameterizedTest
  @CsvSource({
    "up --port eight,--port",
    "up --port 70000,out of range",
    "up --workers -1,workers",
    "up --approvals maybe,on or off",
    "reject x,--reason",
    "submit,KIND",
    "submit delete-rooms --url http://127.0.0.1:1 --token t,no target",
    "submit delete-rooms --target !a:b --parameters [] --url http://127.0.0.1:1 --token t,JSON object",
    "submit delete-rooms --target !a:b --parameters { --url http://127.0.0.1:1 --token t,no JSON",
    "submit delete-rooms --target !a:b --target !c:d --url http://127.0.0.1:1 --token t,--reason",
    "submit delete-rooms --target !a:b --param block --url http://127.0.0.1:1 --token t,must look like",
    "submit delete-rooms --target !a:b --param block=true --param block=false --url http://127.0.0.1:1 --token t,comes twice",
    "submit delete-rooms --target !a:b --yes=many --url http://127.0.0.1:1 --token t,--yes",
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
    "tokens new --config ../config/gateway.yml --scope jobs:everything,is no scope",
    "tokens new --config ../config/gateway.yml --scope jobs:submit:nothing,is no scope",
    "tokens new --config ../config/gateway.yml --preset king,--preset",
    "tokens new --config ../config/gateway.yml --preset bot --scope jobs:read,either",
    "tokens new --config ../config/gateway.yml --network example.org,--network",
    "tokens new --config ../config/gateway.yml --expires tomorrow,--expires",
    "token --config missing.yml,cannot be read",
    "token --config ../config/gateway.yml --name a:b,--name",
    "token --config ../config/worker.yml,cannot be used",
    "worker --config missing.yml,cannot be read",
    "jobs --url localhost:8008 --token t,is no address",
    "up --synapse http://127.0.0.1:1,--admin-token-file",
    "up --admin-token-file missing,--synapse",
    "up --synapse http://127.0.0.1:1 --admin-token-file missing,does not exist",
    "up --synapse http://127.0.0.1:1 --admin-token-file ..,cannot be read",
    "up --synapse ftp://127.0.0.1 --admin-token-file missing,must look like",
    "up --synapse localhost --admin-token-file missing,must look like",
    "up --synapse http://[ --admin-token-file missing,must look like",
    "up --synapse http://127.0.0.1:1/_synapse --admin-token-file missing,behind host and port",
    "synapse check,--synapse",
    "synapse check --synapse http://127.0.0.1:1 --admin-token-file missing,does not exist",
    "synapse registration --server-name example.org,--token-file",
    "synapse grants,--role",
    "synapse grants --role a;drop,letters",
    "synapse check --synapse http://a --admin-token-file f --synapse-database jdbc:postgresql://u:p@h/synapse,without user and password",
    "synapse check --synapse http://a --admin-token-file f --synapse-database jdbc:mysql://h/synapse,jdbc:postgresql://HOST",
    "synapse check --synapse http://a --admin-token-file f --synapse-database-password-file p,needs --synapse-database",
    "synapse registration --server-name a_b --token-file missing/token,--server-name",
    "synapse registration --server-name a.b --token-file missing/token,cannot be made",
    "synapse registration --server-name a.b --token-file ../pom.xml,holds no token",
    "fly,fly"
  })
  void wrongUsageIsSaidInOneLine(String command, String words) {
    assertThat(run(command.split(" "))).isEqualTo(ExitCode.WRONG_USAGE);

    assertThat(err.toString()).contains(words).doesNotContain("Exception");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://me:geheim@127.0.0.1:1",
        "http://me:geheim@matrix_1.example",
        "http://me:geheim@"
      })
  void aPasswordInAnAddressIsRefusedAndNotRepeated(String url) {
    assertThat(run("up", "--synapse", url, "--admin-token-file", "missing"))
        .isEqualTo(ExitCode.WRONG_USAGE);

    assertThat(err.toString()).contains("the address of Synapse").doesNotContain("geheim");
  }

  @Test
  void synapseThatIsAwayIsNoAnswerAndMakesNoFolder() throws IOException {
    var token = Files.writeString(folder.resolve("token"), "secret\n");
    var data = folder.resolve("data");

    assertThat(
            run(
                "up",
                "--data",
                data.toString(),
                "--synapse",
                "http://127.0.0.1:1",
                "--admin-token-file",
                token.toString()))
        .isEqualTo(ExitCode.NO_ANSWER);

    assertThat(err.toString()).contains("Synapse cannot be reached at http://127.0.0.1:1");
    assertThat(data).doesNotExist();
  }

  @Test
  void importIntoTheFolderOfASynapseIsRefused() throws IOException {
    Files.writeString(
        folder.resolve("runtime.json"),
        """
        {"postgres": {"port": 0, "url": "", "user": "", "password": "p"},
         "kafka": {"port": 0, "controller_port": 0, "bootstrap_servers": ""},
         "synapse": {"url": "http://127.0.0.1:1", "admin_token_file": "/token"}}
        """);

    assertThat(run("import", "snapshot", "--data", folder.toString()))
        .isEqualTo(ExitCode.WRONG_USAGE);

    assertThat(err.toString()).contains("its jobs act on the Synapse at http://127.0.0.1:1");
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
