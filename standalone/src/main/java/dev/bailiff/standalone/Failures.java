package dev.bailiff.standalone;

import dev.bailiff.embedded.EmbeddedServerException;
import dev.bailiff.embedded.FileFailure;
import dev.bailiff.homeserver.store.snapshot.SnapshotException;
import dev.bailiff.standalone.client.ApiCallException;
import dev.bailiff.text.VisibleText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/**
 * Turns an exception of a command into one line on standard error and an exit code; the whole
 * exception goes to the log.
 */
final class Failures implements CommandLine.IExecutionExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  /** The beginning of Jetty's message about an address that it could not bind. */
  private static final String BINDING = "Failed to bind to ";

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
    if (failure instanceof ApiCallException api) {
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
    var taken = takenAddress(failure);
    if (taken != null) {
      return taken;
    }
    if (failure instanceof EmbeddedServerException
        || failure instanceof CommandException
        || failure instanceof ApiCallException
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

  /**
   * The message for an address in use; null if the failure is another. The servers' own messages
   * name the address in one place and the reason in another.
   */
  private static @Nullable String takenAddress(Throwable failure) {
    var address = "";
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      var message = String.valueOf(cause.getMessage());
      if (message.startsWith(BINDING)) {
        address = " " + message.substring(BINDING.length());
      }
      if (cause instanceof BindException) {
        return "the address%s cannot be had (%s): stop what has it, or choose another port"
            .formatted(address, message);
      }
    }
    return null;
  }
}
