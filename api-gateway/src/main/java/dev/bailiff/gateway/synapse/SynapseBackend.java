package dev.bailiff.gateway.synapse;

import dev.bailiff.access.OperatorTokens;
import dev.bailiff.gateway.auth.Authenticator;
import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.auth.Operators;
import dev.bailiff.gateway.backend.Backend;
import dev.bailiff.gateway.backend.ForeignTasks;
import dev.bailiff.gateway.backend.Lookups;
import dev.bailiff.gateway.proxy.PassThroughConfig;
import dev.bailiff.gateway.proxy.Upstream;
import dev.bailiff.gateway.route.ApiModule;
import dev.bailiff.homeserver.synapse.ServerNames;
import dev.bailiff.homeserver.synapse.SynapseCalls;
import dev.bailiff.homeserver.synapse.SynapseHomeserverFactory;
import dev.bailiff.homeserver.synapse.http.SynapseClient;
import dev.bailiff.homeserver.synapse.redaction.MembershipRooms;
import java.util.List;
import java.util.Optional;

/** A live Synapse behind a gateway. */
public final class SynapseBackend implements Backend {
  private final Upstream upstream;
  private final SynapseClient client;
  private final SynapseCalls calls;
  private final ServerNames serverName;

  /**
   * @param passThrough how calls that become no jobs are passed on
   */
  public SynapseBackend(SynapseHomeserverFactory factory, PassThroughConfig passThrough) {
    this.upstream = new Upstream(factory.url(), passThrough);
    this.client = factory.client();
    this.calls = SynapseCalls.of(factory.account(client));
    this.serverName = new ServerNames(calls.server());
  }

  @Override
  public Lookups lookups() {
    var lookups = new SynapseLookups(calls, serverName);
    var rooms = new MembershipRooms(calls.users());
    return new Lookups(
        () -> Optional.of(Asked.of(serverName::get)),
        lookups,
        lookups,
        (user, after, limit) -> Asked.of(() -> rooms.redactableRooms(user, after, limit)),
        lookups,
        new SynapseMediaPages(calls, serverName));
  }

  @Override
  public List<ApiModule> lightCalls(LightCallParts parts) {
    return List.of();
  }

  @Override
  public Authenticator authenticator(OperatorTokens operatorTokens, LocalServer localServer) {
    return new SynapseAuthenticator(client, new Operators(operatorTokens, localServer));
  }

  @Override
  public Optional<Upstream> upstream() {
    return Optional.of(upstream);
  }

  @Override
  public ForeignTasks foreignTasks() {
    return new SynapseTasks(calls);
  }

  /** Jobs are accepted while Synapse is away, and wait; so this is no reason to be unavailable. */
  @Override
  public Optional<Boolean> homeserverAnswers() {
    try {
      calls.server().version();
      return Optional.of(true);
    } catch (RuntimeException e) {
      return Optional.of(false);
    }
  }

  @Override
  public Optional<String> serviceAccount() {
    return Optional.of(Asked.of(serverName::self));
  }

  @Override
  public Optional<String> complaint() {
    return Optional.empty();
  }

  @Override
  public void stop() {
    client.close();
  }
}
