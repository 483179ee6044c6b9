package dev.bailiff.gateway.proxy;

import dev.bailiff.duty.DaemonThreads;
import dev.bailiff.duty.GuardedRound;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.jspecify.annotations.Nullable;

/**
 * Notices clients that close their connection while the homeserver works for them, such as at the
 * end of a page with a long poll. Jetty reads nothing from a connection whose request is at work,
 * so it would notice when it writes the answer. A client that closes only its own direction counts
 * as gone, as it does for nginx.
 *
 * <p><b>Time:</b> every second. <b>Concurrency:</b> thread-safe.
 */
final class GoneClients extends AbstractLifeCycle {
  private static final long PAUSE_MILLIS = 1_000;

  private final Set<Waiting> all = ConcurrentHashMap.newKeySet();
  private final GuardedRound round =
      new GuardedRound("gone-clients", () -> all.forEach(Waiting::look));
  private @Nullable ScheduledExecutorService executor;

  @Override
  protected void doStart() {
    var started = Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("gone-clients"));
    started.scheduleWithFixedDelay(round, PAUSE_MILLIS, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    executor = started;
  }

  @Override
  protected void doStop() {
    if (executor != null) {
      executor.shutdownNow();
    }
  }

  /**
   * A client whose request will be at work; nothing is looked at yet.
   *
   * @param onGone called at most once
   */
  Waiting client(Connection connection, Runnable onGone) {
    return new Waiting(connection, onGone);
  }

  /** A client, from the end of its request to the end of the answer. */
  final class Waiting {
    private final Connection connection;
    private final Runnable onGone;
    private boolean ended;
    private boolean gone;

    private Waiting(Connection connection, Runnable onGone) {
      this.connection = connection;
      this.onGone = onGone;
    }

    /** The request was read and sent on whole: from now on nobody else reads the connection. */
    synchronized void begin() {
      if (!ended) {
        all.add(this);
      }
    }

    /** The answer ends, after which Jetty reads the connection again. */
    synchronized void end() {
      ended = true;
      all.remove(this);
    }

    synchronized boolean isGone() {
      return gone;
    }

    private void look() {
      synchronized (this) {
        if (ended) {
          return;
        }
        gone = isAtEnd();
        if (!gone) {
          return;
        }
        end();
      }
      onGone.run();
    }

    private boolean isAtEnd() {
      // One byte: Jetty's own buffer has room for it.
      var buffer = BufferUtil.allocate(1);
      try {
        int filled = connection.getEndPoint().fill(buffer);
        if (filled > 0) {
          giveBack(buffer);
        }
        return filled < 0;
      } catch (IOException e) {
        return true;
      }
    }

    /** The begin of the next request: a client that sends it ahead is not gone. */
    private void giveBack(ByteBuffer buffer) {
      end();
      ((Connection.UpgradeTo) connection).onUpgradeTo(buffer);
    }
  }
}
