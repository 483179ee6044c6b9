package dev.bailiff.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops a server when this process ends without stopping it, for instance by {@code kill -9} or for
 * lack of memory.
 *
 * <p>The guard is a shell that reads lines from this process: the number of the server's process,
 * or an empty line when there is nothing to stop. The kernel closes the pipe when this process
 * ends, however it ends; then the shell stops the process whose number it read last. Signals of the
 * terminal do not end the shell, because the shell has to outlive this process.
 */
final class ServerGuard implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServerGuard.class);
  private static final String SCRIPT =
      "trap '' HUP INT TERM; pid=; while read -r line; do pid=$line; done; "
          + "[ -z \"$pid\" ] || kill -%s \"$pid\"";

  private final String server;
  private final Process shell;
  private final OutputStream pipe;

  private ServerGuard(String server, Process shell) {
    this.server = server;
    this.shell = shell;
    this.pipe = shell.getOutputStream();
  }

  /**
   * Starts a guard that has nothing to stop yet.
   *
   * @param server name of the server, for messages
   * @param signal name of the signal that stops the server
   */
  static ServerGuard start(String server, String signal) {
    try {
      return new ServerGuard(
          server,
          new ProcessBuilder("sh", "-c", String.format(SCRIPT, signal))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start());
    } catch (IOException e) {
      throw new EmbeddedServerException(
          "cannot run the program sh, which stops "
              + server
              + " should this process be killed: "
              + e.getMessage(),
          e);
    }
  }

  /** Makes the guard stop this process when ours ends. */
  void watch(long pid) {
    write(Long.toString(pid));
  }

  /** Ends the guard without stopping anything. */
  @Override
  public void close() {
    write("");
    try {
      pipe.close();
    } catch (IOException e) {
      LOG.debug("the guard has ended before", e);
    }
  }

  private void write(String line) {
    try {
      pipe.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
      pipe.flush();
    } catch (IOException e) {
      // Somebody killed the shell. The next start on the folder stops a server that still runs.
      LOG.warn("{} will not be stopped should this process be killed: {}", server, e.toString());
      shell.destroy();
    }
  }
}
