package dev.bailiff.gateway.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * Notices a client that closes its connection while the homeserver works for it, such as at the end
 * of a page with a long poll. Jetty reads nothing from a connection whose request is at work, so it
 * would notice when it writes the answer. A client that closes only its own direction counts as
 * gone, as it does for nginx.
 *
 * <p>The selector tells when something can be read, so a call that waits costs nothing.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
final class WaitingClient implements Callback {
  private final Connection connection;
  private final Runnable onGone;
  private boolean begun;
  private boolean ended;
  private boolean gone;

  /**
   * A client whose request will be at work; nothing is read yet.
   *
   * @param onGone called at most once
   */
  WaitingClient(Connection connection, Runnable onGone) {
    this.connection = connection;
    this.onGone = onGone;
  }

  /** The request was read and sent on whole: from now on nobody else reads the connection. */
  synchronized void begin() {
    begun = !ended && endPoint().tryFillInterested(this);
  }

  /** The answer ends, after which Jetty reads the connection again. */
  void end() {
    synchronized (this) {
      boolean isWaiting = begun && !ended;
      ended = true;
      if (!isWaiting) {
        return;
      }
    }
    // Jetty takes one reader at a time, so this one must not be registered any more.
    if (endPoint() instanceof AbstractEndPoint registered) {
      registered.getFillInterest().fillable();
    }
  }

  synchronized boolean isGone() {
    return gone;
  }

  /** Something can be read: the end of the stream, or the begin of the next request. */
  @Override
  public void succeeded() {
    synchronized (this) {
      if (ended) {
        return;
      }
      gone = isAtEnd();
      if (!gone) {
        return;
      }
      ended = true;
    }
    onGone.run();
  }

  /** The connection was closed here. */
  @Override
  public void failed(Throwable cause) {
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
      gone = true;
    }
    onGone.run();
  }

  private boolean isAtEnd() {
    // One byte: Jetty's own buffer has room for it.
    var buffer = BufferUtil.allocate(1);
    try {
      int filled = endPoint().fill(buffer);
      if (filled > 0) {
        giveBack(buffer);
      } else if (filled == 0) {
        begin();
      }
      return filled < 0;
    } catch (IOException e) {
      return true;
    }
  }

  /** The begin of the next request: a client that sends it ahead is not gone. */
  private void giveBack(ByteBuffer buffer) {
    ended = true;
    ((Connection.UpgradeTo) connection).onUpgradeTo(buffer);
  }

  private EndPoint endPoint() {
    return connection.getEndPoint();
  }
}
