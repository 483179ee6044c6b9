package dev.bailiff.gateway.proxy;

import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.error.ErrorReply;
import dev.bailiff.secret.ClientAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.server.Request;

/**
 * Bounds the passed calls of one address that are at work at a time: each of them may hold a
 * connection to the homeserver for as long as its client likes, and all clients share these.
 *
 * <p>The address is the one that the server believes, as everywhere. Of an IPv6 address, the
 * network of 64 bits counts.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
final class CallsPerClient {
  private static final long AGAIN_MILLIS = 1_000;

  /** The error for a call beyond the bound. */
  static final ErrorReply TOO_MANY =
      new ErrorReply(
          429,
          Errcode.M_LIMIT_EXCEEDED.name(),
          "Too many calls at a time from this address",
          Map.of("retry_after_ms", AGAIN_MILLIS));

  private final int most;
  private final Map<String, Integer> atWork = new ConcurrentHashMap<>();

  CallsPerClient(int most) {
    this.most = most;
  }

  /**
   * Counts a call until it is complete.
   *
   * @return whether the call is within the bound; otherwise it is not counted
   */
  boolean admit(Request request) {
    var client = ClientAddress.of(Request.getRemoteAddr(request)).network();
    if (atWork.merge(client, 1, Integer::sum) > most) {
      end(client);
      return false;
    }
    Request.addCompletionListener(request, failure -> end(client));
    return true;
  }

  private void end(String client) {
    atWork.computeIfPresent(client, (any, calls) -> calls == 1 ? null : calls - 1);
  }
}
