package dev.bailiff.testing.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy on 127.0.0.1 before a server, with which a test cuts, delays or swallows data.
 *
 * <p>Each method takes effect for open connections as well as for new ones. Thread-safe. A Kafka
 * broker behind the proxy must advertise the proxy's port, as that of {@link ProxiedBroker} does.
 */
public final class TcpProxy implements AutoCloseable {
  private enum Mode {
    FORWARD,
    REFUSE,
    SWALLOW_ALL,
    SWALLOW_REPLIES
  }

  private final InetSocketAddress target;
  private final ServerSocket listener;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Mode mode = Mode.FORWARD;
  private volatile Duration delay = Duration.ZERO;
  private volatile @Nullable String trigger;
  private final AtomicInteger refused = new AtomicInteger();

  private TcpProxy(InetSocketAddress target, ServerSocket listener) {
    this.target = target;
    this.listener = listener;
  }

  /** Starts a proxy before a server, which need not be running yet. */
  public static TcpProxy to(String host, int port) {
    try {
      ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      TcpProxy proxy = new TcpProxy(new InetSocketAddress(host, port), listener);
      daemon("proxy-accept", proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  /**
   * Breaks all connections and refuses new ones, as a stopped server does, until {@link
   * #restore()}.
   */
  public void cut() {
    mode = Mode.REFUSE;
    dropConnections();
  }

  /** Breaks all connections once; new ones are accepted. */
  public void dropConnections() {
    open.forEach(TcpProxy::closeQuietly);
    open.clear();
  }

  /**
   * Accepts all data and forwards none, in both directions, as a dead network does. The accepted
   * data is lost.
   */
  public void blackHole() {
    mode = Mode.SWALLOW_ALL;
  }

  /**
   * Forwards requests and drops the answers: the server executes a request, and the client never
   * learns of it.
   */
  public void swallowReplies() {
    mode = Mode.SWALLOW_REPLIES;
  }

  /**
   * Drops answers as {@link #swallowReplies()} does, from the next request on that contains the
   * text. This request is forwarded, and its answer is the first that is lost.
   */
  public void swallowRepliesFrom(String request) {
    trigger = request;
  }

  /** Whether answers are being dropped. */
  public boolean isSwallowing() {
    return mode == Mode.SWALLOW_REPLIES;
  }

  /** Delays all data by this time before it is forwarded, in both directions. */
  public void delay(Duration time) {
    delay = time;
  }

  /**
   * Ends all disturbances for new connections. Connections that lost data are broken, as their
   * streams could not go on where they stopped.
   */
  public void restore() {
    boolean lost = mode == Mode.SWALLOW_ALL || mode == Mode.SWALLOW_REPLIES;
    mode = Mode.FORWARD;
    delay = Duration.ZERO;
    if (lost) {
      dropConnections();
    }
  }

  /** The number of connected clients. */
  public int connections() {
    return open.size() / 2; // each client has one connection to the proxy and one to the server
  }

  /** The number of connections refused so far. */
  public int refused() {
    return refused.get();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    dropConnections();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        connect(client);
      } catch (IOException e) {
        // the listener was closed, and the loop ends
      }
    }
  }

  private void connect(Socket client) {
    if (mode == Mode.REFUSE) {
      refused.incrementAndGet();
      closeQuietly(client);
      return;
    }
    Socket server = new Socket();
    try {
      server.connect(target, 5_000); // milliseconds
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
    } catch (IOException e) {
      closeQuietly(client);
      closeQuietly(server);
      return;
    }
    open.add(client);
    open.add(server);
    daemon("proxy-requests", () -> pump(client, server, Mode.SWALLOW_ALL));
    daemon("proxy-replies", () -> pump(server, client, Mode.SWALLOW_REPLIES));
    if (mode == Mode.REFUSE) { // cut meanwhile
      dropConnections();
    }
  }

  /**
   * Copies until either end closes. A reply is dropped in both swallowing modes, a request in one.
   */
  private void pump(Socket from, Socket to, Mode ownLoss) {
    byte[] buffer = new byte[1 << 16];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (!delay.isZero()) {
          Thread.sleep(delay.toMillis());
        }
        if (ownLoss == Mode.SWALLOW_ALL) {
          lookForTrigger(buffer, n);
        }
        if (mode != Mode.SWALLOW_ALL && mode != ownLoss) {
          out.write(buffer, 0, n);
          out.flush();
        }
      }
    } catch (IOException e) {
      // one end is closed, so close the other
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(from);
      open.remove(to);
      closeQuietly(from);
      closeQuietly(to);
    }
  }

  private void lookForTrigger(byte[] request, int length) {
    var wanted = trigger;
    if (wanted != null
        && new String(request, 0, length, StandardCharsets.ISO_8859_1).contains(wanted)) {
      trigger = null;
      mode = Mode.SWALLOW_REPLIES;
    }
  }

  /** Closes with a reset if data is pending, so that the other side notices at once. */
  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // already closed
    }
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }
}
