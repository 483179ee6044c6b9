package dev.bailiff.homeserver.synapse;

import dev.bailiff.homeserver.synapse.api.ServerCalls;
import org.jspecify.annotations.Nullable;

/**
 * The name of the server, asked once: the part of the service account's id behind its first colon.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
public final class ServerNames {
  private final ServerCalls server;
  private volatile @Nullable String known;

  public ServerNames(ServerCalls server) {
    this.server = server;
  }

  /** The name. */
  public String get() {
    var name = known;
    if (name == null) {
      var self = server.self();
      name = self.substring(self.indexOf(':') + 1);
      known = name;
    }
    return name;
  }
}
