package dev.bailiff.worker.webhook;

import dev.bailiff.webhook.AddressPolicy;
import dev.bailiff.webhook.HostLookup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;

/**
 * Resolves and checks the host of a receiver for each new connection. The client connects to the
 * checked addresses that it is given and asks nobody else, so a name that leads elsewhere a moment
 * later (DNS rebinding) gains nothing.
 */
final class CheckedAddresses implements SocketAddressResolver {
  private final AddressPolicy policy;
  private final HostLookup lookup;
  private final Executor threads;

  /**
   * @param threads for the look-ups, which may take seconds
   */
  CheckedAddresses(AddressPolicy policy, HostLookup lookup, Executor threads) {
    this.policy = policy;
    this.lookup = lookup;
    this.threads = threads;
  }

  @Override
  public void resolve(
      String host,
      int port,
      Map<String, Object> context,
      Promise<List<InetSocketAddress>> promise) {
    var destination = (Destination) context.get(Destination.CONTEXT_KEY);
    boolean isEncrypted = destination != null && destination.isSecure();
    threads.execute(
        () -> {
          List<InetSocketAddress> checked;
          try {
            checked =
                policy.require(lookup.find(host), isEncrypted).stream()
                    .map(address -> new InetSocketAddress(address, port))
                    .toList();
          } catch (IOException | RuntimeException e) {
            promise.failed(e);
            return;
          }
          promise.succeeded(checked);
        });
  }
}
