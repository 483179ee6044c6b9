package dev.bailiff.gateway.proxy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.client.Request;

/**
 * The passed calls that have no whole answer yet.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
final class CallsAtWork {
  private final Set<Request> calls = ConcurrentHashMap.newKeySet();

  void add(Request call) {
    calls.add(call);
  }

  void remove(Request call) {
    calls.remove(call);
  }

  /** Ends those that are left when the gateway must stop: a long poll would outlast the stop. */
  void endAll() {
    calls.forEach(call -> call.abort(new RejectedExecutionException("The gateway is stopping")));
  }
}
