package dev.bailiff.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops a server when this process ends without having done so: by {@code kill -9}, or for want of
 * memory.
 *
 * <p>A shell that reads what we write: the number of the server's process, and an empty line when
 * there is nothing to stop. The kernel closes the pipe with this process, however that ends; then
 * the shell stops the server by the number it read last. Signals of the terminal do not end the
 * shell, since it has to outlive us.
 */
final class ServerGuard implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServerGuard.class);
  private static final String SCRIPT =
      "trap '' HUP INT TERM; pid=; while read -r line; do pid=$line; done; "
          + "[ -z \"$pid\" ] || kill -INT \"$pid\"";

  private final Process shell;
  private final OutputStream pipe;

  private ServerGuard(Process shell) {
    this.shell = shell;
    this.pipe = shell.getOutputStream();
  }

  static ServerGuard start() {
    try {
      return new ServerGuard(
          new ProcessBuilder("sh", "-c", SCRIPT)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start());
    } catch (IOException e) {
      throw new EmbeddedServerException(
          "cannot run the program sh, which stops PostgreSQL should this process be killed: "
              + e.getMessage(),
          e);
    }
  }

  /** From now on the guard would stop this process. */
  void watch(long pid) {
    write(Long.toString(pid));
  }

  /** There is nothing to stop any more. */
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
      // Somebody killed the shell. The next start on the folder stops what is left, as ever.
      LOG.warn("PostgreSQL will not be stopped should this process be killed: {}", e.toString());
      shell.destroy();
    }
  }
}
