package dev.bailiff.standalone;

import dev.bailiff.embedded.EmbeddedServerException;
import dev.bailiff.homeserver.snapshot.SnapshotException;
import dev.bailiff.standalone.client.ApiException;
import dev.bailiff.text.VisibleText;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/**
 * Turns what a command throws into one line on standard error and an exit code; the whole of it
 * goes to the log.
 */
final class Failures implements CommandLine.IExecutionExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    LOG.debug("the command failed", failure);
    command.getErr().println(VisibleText.of("bailiff: " + message(failure)));
    command.getErr().flush();
    return exitCode(failure);
  }

  static int exitCode(Exception failure) {
    if (failure instanceof CommandException known) {
      return known.exitCode();
    }
    if (failure instanceof ApiException api) {
      return api.isPassing() ? ExitCode.NO_ANSWER : ExitCode.REFUSED;
    }
    if (failure instanceof SnapshotException) {
      return ExitCode.ENDED_BADLY;
    }
    if (failure instanceof IllegalArgumentException) {
      return ExitCode.WRONG_USAGE;
    }
    return ExitCode.NOT_STARTED;
  }

  private static String message(Exception failure) {
    String message = failure.getMessage();
    if (failure instanceof EmbeddedServerException
        || failure instanceof CommandException
        || failure instanceof ApiException
        || failure instanceof SnapshotException) {
      return String.valueOf(message);
    }
    if (failure instanceof UncheckedIOException io && io.getCause() != null) {
      var reason = FileFailure.inWords(io.getCause());
      boolean wrapped = String.valueOf(message).equals(io.getCause().toString());
      return wrapped ? reason : message + ": " + reason;
    }
    if (failure instanceof IOException io) {
      return FileFailure.inWords(io);
    }
    return message == null || message.isBlank() ? failure.toString() : message;
  }
}
