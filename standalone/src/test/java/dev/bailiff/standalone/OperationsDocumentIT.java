package dev.bailiff.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bailiff.standalone.docs.DocumentedCommand;
import dev.bailiff.standalone.docs.ShownOutput;
import dev.bailiff.testing.process.ChildProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs all commands of a section of operations.md, one after the other, on the sample community.
 * What they print must be what stands there. With {@code -Dbailiff.documents.write=true} what
 * differs is written into the document instead, to be read before it is committed.
 */
class OperationsDocumentIT {
  private static final Path DOCUMENT = Path.of("..", "docs", "operations.md");
  private static final String SECTION = "## Bulk jobs, step by step";
  private static final Duration LIMIT = Duration.ofSeconds(90);

  private final ShownOutput shown = new ShownOutput();

  @TempDir Path folder;

  @Test
  void commandsPrintWhatIsShown() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "the document calls curl");
    var document = new ArrayList<>(Files.readAllLines(DOCUMENT));
    var bailiff = new RunningBailiff(folder.resolve("data"));
    try (var up = bailiff.up(2)) {
      try (var run = bailiff.run("import", RunningBailiff.COMMUNITY)) {
        assertThat(run.awaitExit(LIMIT)).as(run.standardError()).isZero();
      }
      var commands = DocumentedCommand.ofSection(document, SECTION);
      assertThat(commands).hasSizeGreaterThan(30);
      var terminal = terminal(bailiff);
      if (Boolean.getBoolean("bailiff.documents.write")) {
        write(document, commands, terminal);
      } else {
        commands.forEach(command -> assertShown(command, terminal));
      }
      assertThat(up.isAlive()).isTrue();
    }
  }

  private void assertShown(DocumentedCommand command, Path terminal) {
    var printed = run(terminal, shown.withRealIds(command.command()));

    assertThat(shown.matches(command.output(), printed))
        .as("line %d: %s%nprinted:%n%s", command.line() + 1, command.command(), printed)
        .isTrue();
  }

  private void write(List<String> document, List<DocumentedCommand> commands, Path terminal)
      throws IOException {
    int moved = 0;
    for (var command : commands) {
      var text = shown.withRealIds(command.command());
      var printed = run(terminal, text);
      var output = command.output();
      if (shown.matches(output, printed)) {
        output = output.stream().map(shown::withRealIds).toList();
      } else {
        shown.learn(output, printed);
        output = printed.lines().toList();
      }
      var place = document.subList(command.line() + moved, command.end() + moved);
      place.clear();
      place.addAll(("$ " + text).lines().toList());
      document.addAll(command.line() + moved + (int) text.lines().count(), output);
      moved += output.size() - command.output().size();
      Files.write(DOCUMENT, document);
    }
  }

  private static String run(Path terminal, String command) {
    try (var run = ChildProcess.program(Path.of("/bin/bash")).args(terminal, command).start()) {
      run.awaitExit(LIMIT);
      return run.standardOutput().replace("\r\n", "\n"); // of CSV
    }
  }

  /** A script that runs a command as somebody types it who has set up a terminal. */
  private Path terminal(RunningBailiff bailiff) throws IOException {
    var bin = Files.createDirectories(folder.resolve("bin"));
    var work = Files.createDirectories(folder.resolve("work"));
    Files.writeString(
        bin.resolve("bailiff"),
        "#!/bin/sh\nexec \"%s\" -cp \"%s\" -Xmx256m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC %s \"$@\"\n"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                Bailiff.class.getName()),
        StandardCharsets.UTF_8);
    Files.setPosixFilePermissions(
        bin.resolve("bailiff"), PosixFilePermissions.fromString("rwx------"));
    var runtime = bailiff.dataFolder();
    return Files.writeString(
        folder.resolve("terminal"),
        """
        exec 2>&1
        export LC_ALL=C.UTF-8 PATH="%s:$PATH" BAILIFF_URL=%s BAILIFF_TOKEN=%s
        URL=$BAILIFF_URL TOKEN=$BAILIFF_TOKEN
        cd "%s" && eval "$1"
        """
            .formatted(
                bin,
                runtime.runtime().orElseThrow().url(),
                runtime.adminToken().orElseThrow(),
                work));
  }
}
