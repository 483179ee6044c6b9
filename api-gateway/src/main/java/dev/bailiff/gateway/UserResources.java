package dev.bailiff.gateway;

import dev.bailiff.gateway.admin.deactivation.DeactivationResource;
import dev.bailiff.gateway.admin.device.CrossSigningResource;
import dev.bailiff.gateway.admin.device.DeviceDeletionResource;
import dev.bailiff.gateway.admin.device.DeviceResource;
import dev.bailiff.gateway.admin.device.PusherResource;
import dev.bailiff.gateway.admin.lookup.ExternalIdResource;
import dev.bailiff.gateway.admin.lookup.InviteCountResource;
import dev.bailiff.gateway.admin.lookup.JoinCountResource;
import dev.bailiff.gateway.admin.lookup.JoinedRoomsResource;
import dev.bailiff.gateway.admin.lookup.MembershipResource;
import dev.bailiff.gateway.admin.lookup.ThreepidResource;
import dev.bailiff.gateway.admin.lookup.UsernameResource;
import dev.bailiff.gateway.admin.session.ClientWhoisResource;
import dev.bailiff.gateway.admin.session.LoginResource;
import dev.bailiff.gateway.admin.session.LogoutResource;
import dev.bailiff.gateway.admin.session.UserLoginResource;
import dev.bailiff.gateway.admin.session.VersionsResource;
import dev.bailiff.gateway.admin.session.WellKnownResource;
import dev.bailiff.gateway.admin.session.WhoamiResource;
import dev.bailiff.gateway.admin.session.WhoisResource;
import dev.bailiff.gateway.admin.user.AccountDataResource;
import dev.bailiff.gateway.admin.user.AdminFlagResource;
import dev.bailiff.gateway.admin.user.NewUserIds;
import dev.bailiff.gateway.admin.user.PasswordResetResource;
import dev.bailiff.gateway.admin.user.RateLimitResource;
import dev.bailiff.gateway.admin.user.ShadowBanResource;
import dev.bailiff.gateway.admin.user.SuspensionResource;
import dev.bailiff.gateway.admin.user.UserList;
import dev.bailiff.gateway.admin.user.UserListResource;
import dev.bailiff.gateway.admin.user.UserResource;
import dev.bailiff.gateway.admin.user.UserSaving;
import dev.bailiff.gateway.auth.Identity;
import dev.bailiff.gateway.auth.LocalUsers;
import dev.bailiff.gateway.auth.LoginLimiter;
import dev.bailiff.gateway.auth.PasswordChecks;
import dev.bailiff.gateway.job.submit.JobSubmission;
import dev.bailiff.gateway.job.wait.JobWaits;
import dev.bailiff.homeserver.store.account.AccountDataEntries;
import dev.bailiff.homeserver.store.account.Accounts;
import dev.bailiff.homeserver.store.account.RateLimitOverrides;
import dev.bailiff.homeserver.store.account.UserRooms;
import dev.bailiff.homeserver.store.device.CrossSigningKeys;
import dev.bailiff.homeserver.store.device.Devices;
import dev.bailiff.homeserver.store.device.Pushers;
import dev.bailiff.homeserver.store.identity.IdentityServers;
import dev.bailiff.homeserver.store.membership.ProfileSpreading;
import dev.bailiff.homeserver.store.session.AccessTokens;
import dev.bailiff.homeserver.store.session.Connections;
import dev.bailiff.job.store.JobReader;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/** Wires the calls about users and their sessions. */
record UserResources(
    GatewayConfig config,
    Jdbi jdbi,
    Accounts accounts,
    AccessTokens tokens,
    Identity identity,
    Jobs jobs) {

  /** What calls need that turn into jobs. */
  record Jobs(
      JobSubmission submission,
      JobWaits waits,
      JobReader reader,
      IdentityServers identityServers) {}

  /** In the order in which their paths are tried. */
  List<Object> all() {
    var resources = new ArrayList<Object>(accountResources());
    resources.addAll(lookUps());
    resources.addAll(deviceResources());
    resources.addAll(sessionResources());
    if (!config.accounts().delegated()) {
      resources.addAll(notForDelegatedLogin());
    }
    return resources;
  }

  private List<Object> accountResources() {
    var users = users();
    var list = new UserList(accounts, !config.accounts().delegated());
    var saving =
        new UserSaving(
            accounts,
            new NewUserIds(accounts, identity),
            jobs.identityServers(),
            new ProfileSpreading(jdbi),
            new UserSaving.Rules(
                userTypes(), config.accounts().passwords(), !config.accounts().delegated()));
    var overrides = new RateLimitOverrides(jdbi);
    return List.of(
        new UserResource(accounts, users, list, saving, jobs.submission(), jobs.waits()),
        new UserListResource(list),
        new DeactivationResource(users, jobs.submission(), jobs.waits(), jobs.reader()),
        new AccountDataResource(users, new AccountDataEntries(jdbi)),
        new ShadowBanResource(accounts, users),
        new SuspensionResource(accounts, users),
        new RateLimitResource(users, overrides));
  }

  private List<Object> lookUps() {
    var rooms = new UserRooms(jdbi);
    return List.of(
        new JoinedRoomsResource(rooms),
        new MembershipResource(rooms),
        new InviteCountResource(rooms),
        new JoinCountResource(rooms),
        new UsernameResource(new NewUserIds(accounts, identity)),
        new ExternalIdResource(accounts),
        new ThreepidResource(accounts));
  }

  private List<Object> deviceResources() {
    var users = users();
    var devices = new Devices(jdbi);
    return List.of(
        new DeviceResource(users, devices),
        new DeviceDeletionResource(users, devices),
        new PusherResource(users, new Pushers(jdbi)),
        new CrossSigningResource(new CrossSigningKeys(jdbi)));
  }

  private List<Object> sessionResources() {
    var users = users();
    var connections = new Connections(jdbi);
    var limits = config.limits();
    var limiter =
        new LoginLimiter(
            Clock.systemUTC(), limits.loginBurst(), limits.loginInterval().toJavaDuration());
    return List.of(
        new WhoisResource(users, connections),
        new ClientWhoisResource(users, connections),
        new LoginResource(
            accounts,
            tokens,
            identity,
            limiter,
            PasswordChecks.onHalfTheCores(),
            config.accounts().passwords()),
        new LogoutResource(tokens),
        new WhoamiResource(),
        new VersionsResource(),
        new WellKnownResource(
            config.wellKnown().homeserver(), config.wellKnown().identityServer()));
  }

  /** Admin-api 1.11. */
  private List<Object> notForDelegatedLogin() {
    return List.of(
        new PasswordResetResource(accounts, config.accounts().passwords()),
        new AdminFlagResource(accounts, users()),
        new UserLoginResource(accounts, users(), tokens));
  }

  private LocalUsers users() {
    return new LocalUsers(accounts, identity);
  }

  private Set<String> userTypes() {
    return Stream.concat(Stream.of("bot", "support"), config.compatibility().userTypes().stream())
        .collect(Collectors.toUnmodifiableSet());
  }
}
