package dev.bailiff.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Free TCP ports of the loopback address. */
public final class LoopbackPorts {
  /**
   * Below 32768, where Linux begins to take ports for outgoing connections: a port that is kept for
   * the next start must not be lost to somebody's connection in between.
   */
  private static final int FIRST = 20_000;

  private static final int LAST = 32_000;
  private static final int TRIES = 200;

  private LoopbackPorts() {}

  /**
   * A port that nobody listened on a moment ago. Another process may still take the port first, so
   * the caller must be ready to choose again.
   */
  public static int choose() {
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      if (isFree(port)) {
        return port;
      }
    }
    throw new EmbeddedServerException("no free port found between " + FIRST + " and " + LAST);
  }

  /** Whether a server can listen on this port of 127.0.0.1 now. */
  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
