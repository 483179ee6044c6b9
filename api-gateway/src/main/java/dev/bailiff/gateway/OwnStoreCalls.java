package dev.bailiff.gateway;

import dev.bailiff.gateway.admin.device.DeviceCalls;
import dev.bailiff.gateway.admin.event.EventCalls;
import dev.bailiff.gateway.admin.federation.FederationCalls;
import dev.bailiff.gateway.admin.lookup.LookupCalls;
import dev.bailiff.gateway.admin.media.MediaCalls;
import dev.bailiff.gateway.admin.quarantine.QuarantineCalls;
import dev.bailiff.gateway.admin.registration.RegistrationCalls;
import dev.bailiff.gateway.admin.report.ReportCalls;
import dev.bailiff.gateway.admin.room.RoomCalls;
import dev.bailiff.gateway.admin.session.SessionCalls;
import dev.bailiff.gateway.admin.statistic.StatisticCalls;
import dev.bailiff.gateway.admin.user.NewUserIds;
import dev.bailiff.gateway.admin.user.UserCalls;
import dev.bailiff.gateway.admin.user.UserSaving;
import dev.bailiff.gateway.auth.Identity;
import dev.bailiff.gateway.auth.LocalUsers;
import dev.bailiff.gateway.auth.LoginLimiter;
import dev.bailiff.gateway.auth.Logins;
import dev.bailiff.gateway.job.submit.JobSubmission;
import dev.bailiff.gateway.job.wait.JobWaits;
import dev.bailiff.gateway.route.ApiModule;
import dev.bailiff.homeserver.store.account.AccountDataEntries;
import dev.bailiff.homeserver.store.account.Accounts;
import dev.bailiff.homeserver.store.account.RateLimitOverrides;
import dev.bailiff.homeserver.store.account.UserRooms;
import dev.bailiff.homeserver.store.device.CrossSigningKeys;
import dev.bailiff.homeserver.store.device.Devices;
import dev.bailiff.homeserver.store.device.Pushers;
import dev.bailiff.homeserver.store.federation.Destinations;
import dev.bailiff.homeserver.store.identity.IdentityServers;
import dev.bailiff.homeserver.store.media.LocalMedia;
import dev.bailiff.homeserver.store.media.Quarantine;
import dev.bailiff.homeserver.store.media.RemoteMedia;
import dev.bailiff.homeserver.store.media.RoomMedia;
import dev.bailiff.homeserver.store.membership.ProfileSpreading;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/** Wires the calls that read and change the own store at once. */
record OwnStoreCalls(
    GatewayConfig config,
    Jdbi jdbi,
    Clock clock,
    Identity identity,
    Accounts accounts,
    LocalUsers users,
    RoomSummaries summaries,
    IdentityServers identityServers,
    JobSubmission submission,
    JobWaits waits) {

  List<ApiModule> modules() {
    var modules = new ArrayList<ApiModule>();
    modules.addAll(ofUsers());
    modules.addAll(ofRooms());
    modules.addAll(ofMedia());
    modules.add(new StatisticCalls(new UserMediaStatistics(jdbi), new LargestRooms(jdbi)));
    modules.add(new FederationCalls(new Destinations(jdbi)));
    if (!logins().delegated()) {
      modules.add(new RegistrationCalls(new RegistrationTokens(jdbi), clock));
    }
    return modules;
  }

  private List<ApiModule> ofUsers() {
    var names = new NewUserIds(accounts, identity);
    var saving =
        new UserSaving(
            accounts,
            names,
            identityServers,
            new ProfileSpreading(jdbi),
            new UserSaving.Rules(userTypes(), logins().byPassword(), !logins().delegated()));
    var limits = config.limits();
    return List.of(
        new UserCalls(
            accounts,
            users,
            saving,
            new AccountDataEntries(jdbi),
            new RateLimitOverrides(jdbi),
            logins(),
            submission,
            waits),
        new LookupCalls(accounts, names, new UserRooms(jdbi)),
        new DeviceCalls(users, new Devices(jdbi), new Pushers(jdbi), new CrossSigningKeys(jdbi)),
        new SessionCalls(
            accounts,
            users,
            identity,
            new AccessTokens(jdbi),
            new Connections(jdbi),
            new LoginLimiter(clock, limits.loginBurst(), limits.loginInterval().toJavaDuration()),
            logins(),
            config.wellKnown().homeserver(),
            config.wellKnown().identityServer()));
  }

  private List<ApiModule> ofRooms() {
    var rooms = new Rooms(jdbi);
    var timeline = new Timeline(jdbi, clock);
    return List.of(
        new RoomCalls(
            rooms,
            new RoomList(jdbi, summaries),
            new RoomAdmins(jdbi),
            new RoomJoins(jdbi),
            accounts,
            identity),
        new EventCalls(
            rooms, timeline, new RoomState(jdbi, clock), new Hierarchy(jdbi, rooms), identity),
        new ReportCalls(new EventReports(jdbi, summaries), new UserReports(jdbi), timeline));
  }

  private List<ApiModule> ofMedia() {
    var ofRooms = new RoomMedia(jdbi);
    var quarantine = new Quarantine(jdbi);
    return List.of(
        new MediaCalls(
            users, identity, new LocalMedia(jdbi), new RemoteMedia(jdbi), ofRooms, quarantine),
        new QuarantineCalls(ofRooms, quarantine, identity));
  }

  private Logins logins() {
    return new Logins(config.accounts().passwords(), config.accounts().delegated());
  }

  private Set<String> userTypes() {
    return Stream.concat(Stream.of("bot", "support"), config.compatibility().userTypes().stream())
        .collect(Collectors.toUnmodifiableSet());
  }
}
