package dev.bailiff.gateway.server;

import dev.bailiff.duty.DaemonThreads;
import dev.bailiff.duty.GuardedRound;
import dev.bailiff.gateway.proxy.PassThrough;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes connections whose client takes too long to send the head of a request, which holds a
 * socket, or to read a reply, which holds a worker thread too. A client that does a little now and
 * then is never idle for Jetty, and Jetty's minimum data rates have no effect since release 12.
 * {@link dev.bailiff.gateway.request.RequestBody} bounds the time of a body. Bodies and answers
 * that are passed to and from a homeserver hold no thread, and may take as long as they need.
 *
 * <p><b>Time:</b> the clock of this process. The connections are checked at intervals, so a limit
 * is exceeded by up to a quarter.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
public final class SlowClients implements Connection.Listener, Managed {
  private static final Logger LOG = LoggerFactory.getLogger(SlowClients.class);
  private static final long SHORTEST_PAUSE_MILLIS = 20;
  private static final long LONGEST_PAUSE_MILLIS = 1_000;

  private final long headNanos;
  private final long replyNanos;
  private final Consumer<What> ended;
  private final Map<Connection, Client> clients = new ConcurrentHashMap<>();
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("slow-clients"));
  private final GuardedRound round = new GuardedRound("slow-clients", this::runOnce);

  /** The part that took too long. */
  public enum What {
    HEAD,
    REPLY
  }

  /**
   * @param head how long a head may take from its first byte
   * @param reply how long a reply may take from its first byte
   * @param ended called for each connection that is closed
   */
  public SlowClients(Duration head, Duration reply, Consumer<What> ended) {
    this.headNanos = head.toNanos();
    this.replyNanos = reply.toNanos();
    this.ended = ended;
  }

  /** Watches all connections of a server; called while it starts, before it accepts any. */
  public void watch(Server server) {
    for (Connector connector : server.getConnectors()) {
      connector.addEventListener(this);
    }
    server.insertHandler(new Marking());
  }

  @Override
  public void start() {
    long pause =
        Math.max(
            SHORTEST_PAUSE_MILLIS,
            Math.min(
                LONGEST_PAUSE_MILLIS,
                TimeUnit.NANOSECONDS.toMillis(Math.min(headNanos, replyNanos)) / 4));
    executor.scheduleWithFixedDelay(round, pause, pause, TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop() {
    executor.shutdownNow();
  }

  /**
   * Keeps only connections that speak HTTP: below TLS there is a second one, which knows no
   * requests.
   */
  @Override
  public void onOpened(Connection connection) {
    if (connection instanceof ConnectionMetaData) {
      clients.put(connection, new Client(connection));
    }
  }

  @Override
  public void onClosed(Connection connection) {
    clients.remove(connection);
  }

  private void runOnce() {
    long now = System.nanoTime();
    for (Client client : clients.values()) {
      try {
        client.look(now);
      } catch (RuntimeException e) {
        // One connection that cannot be closed must not stop the sweep.
        LOG.warn("could not look at a connection", e);
      }
    }
  }

  /** Records which requests are at work. */
  private final class Marking extends Handler.Wrapper {

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      var client = clients.get(request.getConnectionMetaData().getConnection());
      if (client != null) {
        client.reply.set(response);
        Request.addCompletionListener(request, failure -> client.done(response));
      }
      return super.handle(request, response, callback);
    }
  }

  /** The client of one connection. Only the checking thread uses the fields that are not final. */
  private final class Client {
    private final Connection connection;
    private final AtomicReference<@Nullable Response> reply = new AtomicReference<>();

    private @Nullable Response seenReply;
    private long replySince;
    private long seenHeads;
    private long seenBytes;
    private boolean inHead;
    private long headSince;

    Client(Connection connection) {
      this.connection = connection;
    }

    /** Removes only its own reply, as the next request may be at work already. */
    void done(Response response) {
      reply.compareAndSet(response, null);
    }

    void look(long now) {
      var current = reply.get();
      if (current == null) {
        seenReply = null;
        lookAtHead(now);
      } else {
        notInHead();
        lookAtReply(current, now);
      }
    }

    private void lookAtReply(Response current, long now) {
      if (!current.isCommitted() || isPassed(current)) {
        return;
      }
      if (seenReply != current) {
        seenReply = current;
        replySince = now;
      } else if (now - replySince > replyNanos) {
        end(What.REPLY);
      }
    }

    /** A passed answer holds no thread, and a large file may take its time. */
    private static boolean isPassed(Response current) {
      return current.getRequest().getAttribute(PassThrough.ATTRIBUTE) != null;
    }

    /** Bytes that came since the last request, and do not make one yet, are part of a head. */
    private void lookAtHead(long now) {
      if (connection.getMessagesIn() != seenHeads || connection.getBytesIn() == seenBytes) {
        notInHead();
      } else if (!inHead) {
        inHead = true;
        headSince = now;
      } else if (now - headSince > headNanos) {
        end(What.HEAD);
      }
    }

    private void notInHead() {
      inHead = false;
      seenHeads = connection.getMessagesIn();
      seenBytes = connection.getBytesIn();
    }

    private void end(What what) {
      clients.remove(connection);
      ended.accept(what);
      connection.getEndPoint().close(new TimeoutException("The client is too slow: " + what));
    }
  }
}
