package dev.bailiff.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.BindException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class FailuresTest {

  @Test
  void anAddressThatIsTakenIsNamedWithWhatToDo() {
    var failure =
        new IllegalStateException(
            "not started",
            new IOException(
                "Failed to bind to 127.0.0.1:8008", new BindException("Address already in use")));

    assertThat(said(failure))
        .isEqualTo(
            "bailiff: the address 127.0.0.1:8008 cannot be had (Address already in use): stop what"
                + " has it, or choose another port");
    assertThat(said(new BindException("Permission denied")))
        .contains("the address cannot be had (Permission denied)");
  }

  @Test
  void whatPeopleWroteIsOneLineAndMovesNoCursor() {
    assertThat(said(new IllegalStateException("no file \u001b[2J\nbailiff: done \u202e")))
        .startsWith("bailiff: no file ")
        .hasLineCount(1)
        .doesNotContain("\u001b", "\u202e");
  }

  private static String said(Exception failure) {
    var written = new StringWriter();
    var command = new CommandLine(CommandSpec.create()).setErr(new PrintWriter(written));
    assertThat(new Failures().handleExecutionException(failure, command, command.parseArgs()))
        .isEqualTo(ExitCode.NOT_STARTED);
    return written.toString().strip();
  }
}
