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
import dev.bailiff.job.store.HomeserverClaim;
import java.util.List;
import java.util.Optional;

/** A live Synapse behind a gateway. */
public final class SynapseBackend implements Backend {
  private final Upstream upstream;
  private final SynapseClient client;
  private final SynapseCalls calls;
  private final ServerNames serverName;
  private final ServiceIdentity identity;
  private final SynapseWatch watch;

  /**
   * @param passThrough how calls that become no jobs are passed on
   * @param claim what the database knows of the homeserver
   */
  public SynapseBackend(
      SynapseHomeserverFactory factory, PassThroughConfig passThrough, HomeserverClaim claim) {
    this.upstream = new Upstream(factory.url(), passThrough);
    this.client = factory.client();
    this.calls = SynapseCalls.of(factory.account(client));
    this.serverName = new ServerNames(calls.server());
    this.identity = new ServiceIdentity(serverName, claim);
    this.watch = new SynapseWatch(calls);
    identity.refresh();
  }

  @Override
  public Lookups lookups() {
    var lookups = new SynapseLookups(calls, serverName);
    var rooms = new MembershipRooms(calls.users());
    return new Lookups(
        () -> Optional.of(identity.serverName()),
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
    return Optional.of(watch.answers());
  }

  @Override
  public Optional<String> serviceAccount() {
    return Optional.of(identity.account());
  }

  @Override
  public Optional<String> complaint() {
    return watch.complaint();
  }

  @Override
  public void start() {
    watch.start();
  }

  @Override
  public void stop() {
    watch.close();
    client.close();
  }
}
