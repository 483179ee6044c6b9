package dev.bailiff.homeserver.synapse;

import dev.bailiff.homeserver.synapse.api.ServerCalls;
import org.jspecify.annotations.Nullable;

/**
 * The id of the service account, asked once, and the name of the server: the part of that id behind
 * its first colon.
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
    var self = self();
    return self.substring(self.indexOf(':') + 1);
  }

  /** The user id of the service account. */
  public String self() {
    var self = known;
    if (self == null) {
      self = server.self();
      known = self;
    }
    return self;
  }
}
