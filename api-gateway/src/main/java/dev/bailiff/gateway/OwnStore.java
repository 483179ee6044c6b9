package dev.bailiff.gateway;

import dev.bailiff.access.OperatorTokens;
import dev.bailiff.gateway.admin.device.DeviceCalls;
import dev.bailiff.gateway.admin.event.EventCalls;
import dev.bailiff.gateway.admin.federation.FederationCalls;
import dev.bailiff.gateway.admin.lookup.LookupCalls;
import dev.bailiff.gateway.admin.media.MediaCalls;
import dev.bailiff.gateway.admin.media.MediaDeletionCalls;
import dev.bailiff.gateway.admin.quarantine.QuarantineCalls;
import dev.bailiff.gateway.admin.registration.RegistrationCalls;
import dev.bailiff.gateway.admin.report.ReportCalls;
import dev.bailiff.gateway.admin.room.RoomCalls;
import dev.bailiff.gateway.admin.server.ServerCalls;
import dev.bailiff.gateway.admin.session.SessionCalls;
import dev.bailiff.gateway.admin.statistic.StatisticCalls;
import dev.bailiff.gateway.admin.user.NewUserIds;
import dev.bailiff.gateway.admin.user.UserCalls;
import dev.bailiff.gateway.admin.user.UserUpsert;
import dev.bailiff.gateway.auth.Authenticator;
import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.auth.LoginLimiter;
import dev.bailiff.gateway.auth.Logins;
import dev.bailiff.gateway.auth.StoreAuthenticator;
import dev.bailiff.gateway.backend.Backend;
import dev.bailiff.gateway.backend.Lookups;
import dev.bailiff.gateway.duty.StoreUpkeep;
import dev.bailiff.gateway.job.approval.OtherAdmins;
import dev.bailiff.gateway.route.ApiModule;
import dev.bailiff.homeserver.Homeserver;
import dev.bailiff.homeserver.HomeserverContext;
import dev.bailiff.homeserver.IdentityConfig;
import dev.bailiff.homeserver.store.ServerName;
import dev.bailiff.homeserver.store.account.AccountDataEntries;
import dev.bailiff.homeserver.store.account.Accounts;
import dev.bailiff.homeserver.store.account.RateLimitOverrides;
import dev.bailiff.homeserver.store.account.UserRooms;
import dev.bailiff.homeserver.store.device.CrossSigningKeys;
import dev.bailiff.homeserver.store.device.Devices;
import dev.bailiff.homeserver.store.device.Pushers;
import dev.bailiff.homeserver.store.federation.Destinations;
import dev.bailiff.homeserver.store.history.RoomHistory;
import dev.bailiff.homeserver.store.identity.HttpIdentityServers;
import dev.bailiff.homeserver.store.identity.IdentityServers;
import dev.bailiff.homeserver.store.media.LocalMedia;
import dev.bailiff.homeserver.store.media.Quarantine;
import dev.bailiff.homeserver.store.media.RemoteMedia;
import dev.bailiff.homeserver.store.media.RoomMedia;
import dev.bailiff.homeserver.store.membership.ProfilePropagation;
import dev.bailiff.homeserver.store.registration.RegistrationTokens;
import dev.bailiff.homeserver.store.report.EventReports;
import dev.bailiff.homeserver.store.report.UserReports;
import dev.bailiff.homeserver.store.room.RoomList;
import dev.bailiff.homeserver.store.room.RoomSummaries;
import dev.bailiff.homeserver.store.room.Rooms;
import dev.bailiff.homeserver.store.roomadmin.RoomAdmins;
import dev.bailiff.homeserver.store.roomadmin.RoomJoins;
import dev.bailiff.homeserver.store.session.AccessTokens;
import dev.bailiff.homeserver.store.session.Connections;
import dev.bailiff.homeserver.store.statistic.LargestRooms;
import dev.bailiff.homeserver.store.statistic.UserMediaStatistics;
import dev.bailiff.homeserver.store.timeline.Hierarchy;
import dev.bailiff.homeserver.store.timeline.RoomState;
import dev.bailiff.homeserver.store.timeline.Timeline;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/** Bailiff's own store behind a gateway: look-ups, light calls, and the store's upkeep. */
final class OwnStore implements Backend {
  private static final Duration STATEMENT = Duration.ofSeconds(10);

  private final GatewayConfig config;
  private final Jdbi jdbi;
  private final Clock clock;
  private final Accounts accounts;
  private final Rooms rooms;
  private final LocalMedia media;
  private final AccessTokens tokens;
  private final RoomSummaries summaries;
  private final IdentityServers identityServers;
  private final Homeserver homeserver;
  private final StoreUpkeep upkeep;

  OwnStore(GatewayConfig config, Jdbi jdbi, Clock clock) {
    this.config = config;
    this.jdbi = jdbi;
    this.clock = clock;
    this.accounts = new Accounts(jdbi);
    this.rooms = new Rooms(jdbi);
    this.media = new LocalMedia(jdbi);
    this.tokens = new AccessTokens(jdbi);
    this.summaries = new RoomSummaries(jdbi);
    this.identityServers = HttpIdentityServers.of(config.identity());
    // This homeserver only answers look-ups and closes no accounts, so it needs no identity
    // servers.
    this.homeserver =
        config
            .homeserver()
            .build(new HomeserverContext(jdbi, STATEMENT, null, IdentityConfig.defaults()));
    this.upkeep = new StoreUpkeep(jdbi, summaries);
  }

  @Override
  public Lookups lookups() {
    return new Lookups(
        new ServerName(jdbi)::find,
        accounts,
        rooms,
        homeserver.redaction(),
        new RoomHistory(jdbi),
        media,
        homeserver.selection(),
        homeserver.counting(),
        homeserver.guard());
  }

  @Override
  public List<ApiModule> lightCalls(LightCallParts parts) {
    var modules = new ArrayList<ApiModule>();
    modules.addAll(ofUsers(parts));
    modules.addAll(ofRooms(parts));
    modules.addAll(ofMedia(parts));
    modules.add(new StatisticCalls(new UserMediaStatistics(jdbi), new LargestRooms(jdbi)));
    modules.add(new ServerCalls());
    modules.add(
        MediaDeletionCalls.ofOneMedium(
            parts.localServer(), media, parts.submission(), parts.waits(), parts.parts()));
    modules.add(new FederationCalls(new Destinations(jdbi)));
    if (!logins().delegated()) {
      modules.add(new RegistrationCalls(new RegistrationTokens(jdbi), clock));
    }
    return modules;
  }

  @Override
  public Authenticator authenticator(OperatorTokens operatorTokens, LocalServer localServer) {
    return new StoreAuthenticator(tokens, operatorTokens, localServer);
  }

  @Override
  public OtherAdmins otherAdmins() {
    return accounts::hasAdminBeside;
  }

  @Override
  public Optional<String> complaint() {
    return upkeep.complaint();
  }

  @Override
  public void start() {
    upkeep.start();
  }

  @Override
  public void stop() {
    try (identityServers;
        homeserver) {
      upkeep.stop();
    }
  }

  private List<ApiModule> ofUsers(LightCallParts parts) {
    var names = new NewUserIds(accounts, parts.localServer());
    var saving =
        new UserUpsert(
            accounts,
            names,
            identityServers,
            new ProfilePropagation(jdbi),
            new UserUpsert.Rules(userTypes(), logins().byPassword(), !logins().delegated()),
            parts.guard());
    var limits = config.limits();
    return List.of(
        new UserCalls(
            accounts,
            parts.users(),
            saving,
            new AccountDataEntries(jdbi),
            new RateLimitOverrides(jdbi),
            logins(),
            parts.submission(),
            parts.waits(),
            parts.guard()),
        new LookupCalls(accounts, names, new UserRooms(jdbi)),
        new DeviceCalls(
            parts.users(), new Devices(jdbi), new Pushers(jdbi), new CrossSigningKeys(jdbi)),
        new SessionCalls(
            accounts,
            parts.users(),
            parts.localServer(),
            tokens,
            new Connections(jdbi),
            new LoginLimiter(clock, limits.loginBurst(), limits.loginInterval().toJavaDuration()),
            logins(),
            config.wellKnown().homeserver(),
            config.wellKnown().identityServer()));
  }

  private List<ApiModule> ofRooms(LightCallParts parts) {
    var timeline = new Timeline(jdbi, clock);
    return List.of(
        new RoomCalls(
            rooms,
            new RoomList(jdbi, summaries),
            new RoomAdmins(jdbi),
            new RoomJoins(jdbi),
            accounts,
            parts.localServer(),
            parts.guard()),
        new EventCalls(
            rooms,
            timeline,
            new RoomState(jdbi, clock),
            new Hierarchy(jdbi, rooms),
            parts.localServer()),
        new ReportCalls(new EventReports(jdbi, summaries), new UserReports(jdbi), timeline));
  }

  private List<ApiModule> ofMedia(LightCallParts parts) {
    var ofRooms = new RoomMedia(jdbi);
    var quarantine = new Quarantine(jdbi);
    return List.of(
        new MediaCalls(
            parts.users(), parts.localServer(), media, new RemoteMedia(jdbi), ofRooms, quarantine),
        new QuarantineCalls(ofRooms, quarantine, parts.localServer()));
  }

  private Logins logins() {
    return new Logins(config.accounts().passwords(), config.accounts().delegated());
  }

  private Set<String> userTypes() {
    return Stream.concat(Stream.of("bot", "support"), config.compatibility().userTypes().stream())
        .collect(Collectors.toUnmodifiableSet());
  }
}
