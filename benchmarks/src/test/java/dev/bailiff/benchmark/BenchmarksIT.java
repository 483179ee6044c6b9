package dev.bailiff.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarksIT {
  private final ByteArrayOutputStream table = new ByteArrayOutputStream();
  private final StringWriter errors = new StringWriter();

  @TempDir Path folder;

  @Test
  void aSynapseThatDoesNotStartIsOneSentence() throws IOException {
    var file = Files.writeString(folder.resolve("no-folder"), "");

    int code =
        run("--only", "synapse-single", "--events", "4000", "--python-environment", "" + file);

    assertThat(code).isEqualTo(Benchmarks.NOT_STARTED);
    assertThat(errors.toString().lines())
        .singleElement()
        .asString()
        .startsWith("bailiff: ")
        .contains(file.toString());
    assertThat(table.size()).isZero();
  }

  @Test
  void aRowThatIsNotThereIsWrongUsage() {
    assertThat(run("--only", "synapse-none")).isEqualTo(2);
  }

  private int run(String... arguments) {
    return Benchmarks.command(new PrintStream(table, true))
        .setErr(new PrintWriter(errors, true))
        .execute(arguments);
  }
}
