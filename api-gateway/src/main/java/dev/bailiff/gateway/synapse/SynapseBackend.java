package dev.bailiff.gateway.synapse;

import dev.bailiff.access.OperatorTokens;
import dev.bailiff.gateway.auth.Authenticator;
import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.auth.Operators;
import dev.bailiff.gateway.backend.Backend;
import dev.bailiff.gateway.backend.ForeignTasks;
import dev.bailiff.gateway.backend.Lookups;
import dev.bailiff.gateway.docs.OpenApiDocument;
import dev.bailiff.gateway.guard.Guard;
import dev.bailiff.gateway.job.approval.OtherAdmins;
import dev.bailiff.gateway.proxy.OwnTokens;
import dev.bailiff.gateway.proxy.PassThroughConfig;
import dev.bailiff.gateway.proxy.PassedGuard;
import dev.bailiff.gateway.proxy.Upstream;
import dev.bailiff.gateway.route.ApiModule;
import dev.bailiff.gateway.route.ScopedRoutes;
import dev.bailiff.homeserver.synapse.ServerNames;
import dev.bailiff.homeserver.synapse.SynapseCalls;
import dev.bailiff.homeserver.synapse.SynapseHomeserverFactory;
import dev.bailiff.homeserver.synapse.batch.ItemCalls;
import dev.bailiff.homeserver.synapse.counting.SynapseCounting;
import dev.bailiff.homeserver.synapse.guard.SynapseGuard;
import dev.bailiff.homeserver.synapse.http.ServiceToken;
import dev.bailiff.homeserver.synapse.http.SynapseClient;
import dev.bailiff.homeserver.synapse.media.MediaUses;
import dev.bailiff.homeserver.synapse.pace.PaceConfig;
import dev.bailiff.homeserver.synapse.pace.Pacing;
import dev.bailiff.homeserver.synapse.redaction.MembershipRooms;
import dev.bailiff.homeserver.synapse.selection.SynapseSelection;
import dev.bailiff.job.store.HomeserverClaim;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A live Synapse behind a gateway. */
public final class SynapseBackend implements Backend {
  private final Upstream upstream;
  private final SynapseClient client;
  private final SynapseCalls calls;
  private final ServiceToken serviceToken;
  private final ServerNames serverName;
  private final ServiceIdentity identity;
  private final SynapseWatch watch;
  private final ItemCalls itemCalls;
  private final HomeserverClaim claim;
  private final @Nullable MediaUses mediaUses;

  /**
   * @param passThrough how calls that become no jobs are passed on
   * @param claim what the database knows of the homeserver
   */
  public SynapseBackend(
      SynapseHomeserverFactory factory, PassThroughConfig passThrough, HomeserverClaim claim) {
    this.upstream = new Upstream(factory.url(), passThrough);
    this.client = factory.client();
    var account = factory.account(client);
    this.calls = SynapseCalls.of(account);
    this.mediaUses = factory.mediaUses(account).orElse(null);
    this.serviceToken = account.token();
    this.serverName = new ServerNames(calls.server());
    // It changes nothing, so no pace applies to it.
    this.itemCalls = new ItemCalls(new Pacing(PaceConfig.defaults(), calls.server()::lightCalls));
    this.identity = new ServiceIdentity(serverName, claim);
    this.watch = new SynapseWatch(client, calls.server());
    this.claim = claim;
    identity.refresh();
  }

  @Override
  public Lookups lookups() {
    var lookups = new SynapseLookups(calls, serverName);
    return new Lookups(
        () -> Optional.of(identity.serverName()),
        lookups,
        lookups,
        new AskedRooms(new MembershipRooms(calls.users())),
        lookups,
        new SynapseMediaPages(calls, serverName, mediaUses),
        new AskedSelection(new SynapseSelection(calls.lists(), calls.rooms(), itemCalls)),
        new SynapseCounting(
            calls.users(), calls.rooms(), calls.media(), serverName::get, new AskedOneByOne()),
        new AskedGuard(
            new SynapseGuard(calls.lists(), itemCalls, serverName::get, serverName::self)));
  }

  @Override
  public List<ApiModule> lightCalls(LightCallParts parts) {
    return List.of();
  }

  @Override
  public Authenticator authenticator(OperatorTokens operatorTokens, LocalServer localServer) {
    return new SynapseAuthenticator(
        client, identity::serverName, new Operators(operatorTokens, localServer));
  }

  @Override
  public OwnTokens ownTokens(OperatorTokens operatorTokens, LocalServer localServer) {
    return new ServiceAccountCalls(
        new Operators(operatorTokens, localServer),
        () -> ScopedRoutes.of(OpenApiDocument.read()),
        serviceToken);
  }

  @Override
  public PassedGuard passedGuard(Guard guard, Authenticator authenticator) {
    return new GuardedCalls(guard, authenticator);
  }

  @Override
  public OtherAdmins otherAdmins() {
    return new SynapseAdmins(calls.lists(), identity::account);
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
    // Not before: a gateway that is started in front of another homeserver must end.
    client.holdTo(claim::serverName);
    watch.start();
  }

  @Override
  public void stop() {
    watch.close();
    itemCalls.close();
    if (mediaUses != null) {
      mediaUses.close();
    }
    client.close();
  }
}
