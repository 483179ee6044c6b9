package dev.bailiff.gateway.synapse;

import dev.bailiff.homeserver.synapse.ServerNames;
import dev.bailiff.job.store.HomeserverClaim;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service account and, with it, the name of the server. Synapse is asked when the gateway
 * starts. If it is away then, what an earlier process stored holds, so that the jobs' own API works
 * without Synapse.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
final class ServiceIdentity {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceIdentity.class);

  private final ServerNames synapse;
  private final HomeserverClaim stored;
  private volatile @Nullable String known;

  ServiceIdentity(ServerNames synapse, HomeserverClaim stored) {
    this.synapse = synapse;
    this.stored = stored;
  }

  /** Asks Synapse, and stores its answer. */
  void refresh() {
    try {
      var account = synapse.self();
      stored.rememberServiceAccount(account, synapse.get());
      known = account;
    } catch (RuntimeException e) {
      LOG.warn("Synapse does not say who Bailiff is there: {}", e.getMessage());
    }
  }

  /** The user id of the service account. */
  String account() {
    var account = known;
    if (account == null) {
      account = stored.serviceAccount().orElseGet(() -> Asked.of(synapse::self));
      known = account;
    }
    return account;
  }

  /** The name of the server. */
  String serverName() {
    var account = account();
    return account.substring(account.indexOf(':') + 1);
  }
}
