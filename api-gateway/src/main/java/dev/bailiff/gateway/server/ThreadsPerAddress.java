package dev.bailiff.gateway.server;

import dev.bailiff.secret.ClientAddress;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ThreadLimitHandler;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the worker threads that requests from one address may hold at a time, so that nobody holds
 * all threads by sending bodies or reading replies slowly. A request beyond the bound waits,
 * without a thread, until another request of its address ends. Calls that wait for a job hold no
 * thread.
 *
 * <p>The address is the one that the server believes, as everywhere: headers count only where they
 * are configured to count. Of an IPv6 address, the network of 64 bits counts.
 */
public final class ThreadsPerAddress extends ThreadLimitHandler {
  /** Dropwizard's name of the connector of health checks and metrics, which is not for clients. */
  private static final String ADMIN = "admin";

  /**
   * @param threads above 0
   */
  public ThreadsPerAddress(int threads) {
    super(null, false);
    setThreadLimit(threads);
  }

  /** Called while the server starts, before it accepts anything. */
  public void limit(Server server) {
    server.insertHandler(this);
  }

  @Override
  protected @Nullable String getRemoteIP(Request request) {
    return ADMIN.equals(request.getConnectionMetaData().getConnector().getName())
        ? null
        : ClientAddress.of(Request.getRemoteAddr(request)).network();
  }
}
