package dev.bailiff.gateway;

import dev.bailiff.gateway.auth.Identity;
import dev.bailiff.gateway.auth.LoginLimiter;
import dev.bailiff.gateway.auth.PasswordChecks;
import dev.bailiff.gateway.resource.LocalUsers;
import dev.bailiff.gateway.resource.session.LoginResource;
import dev.bailiff.gateway.resource.session.LogoutResource;
import dev.bailiff.gateway.resource.session.VersionsResource;
import dev.bailiff.gateway.resource.session.WellKnownResource;
import dev.bailiff.gateway.resource.session.WhoamiResource;
import dev.bailiff.gateway.resource.user.AccountDataResource;
import dev.bailiff.gateway.resource.user.AdminFlagResource;
import dev.bailiff.gateway.resource.user.ClientWhoisResource;
import dev.bailiff.gateway.resource.user.CrossSigningResource;
import dev.bailiff.gateway.resource.user.DeactivationResource;
import dev.bailiff.gateway.resource.user.DeviceDeletionResource;
import dev.bailiff.gateway.resource.user.DeviceResource;
import dev.bailiff.gateway.resource.user.ExternalIdResource;
import dev.bailiff.gateway.resource.user.InviteCountResource;
import dev.bailiff.gateway.resource.user.JoinCountResource;
import dev.bailiff.gateway.resource.user.JoinedRoomsResource;
import dev.bailiff.gateway.resource.user.MembershipResource;
import dev.bailiff.gateway.resource.user.NewUserIds;
import dev.bailiff.gateway.resource.user.PasswordResetResource;
import dev.bailiff.gateway.resource.user.PusherResource;
import dev.bailiff.gateway.resource.user.RateLimitResource;
import dev.bailiff.gateway.resource.user.ShadowBanResource;
import dev.bailiff.gateway.resource.user.SuspensionResource;
import dev.bailiff.gateway.resource.user.ThreepidResource;
import dev.bailiff.gateway.resource.user.UserList;
import dev.bailiff.gateway.resource.user.UserListResource;
import dev.bailiff.gateway.resource.user.UserLoginResource;
import dev.bailiff.gateway.resource.user.UserResource;
import dev.bailiff.gateway.resource.user.UserSaving;
import dev.bailiff.gateway.resource.user.UsernameResource;
import dev.bailiff.gateway.resource.user.WhoisResource;
import dev.bailiff.gateway.submit.JobSubmission;
import dev.bailiff.gateway.wait.JobWaits;
import dev.bailiff.homeserver.identity.IdentityServers;
import dev.bailiff.homeserver.store.ProfileSpreading;
import dev.bailiff.homeserver.store.access.AccessTokens;
import dev.bailiff.homeserver.store.access.Connections;
import dev.bailiff.homeserver.store.account.AccountDataEntries;
import dev.bailiff.homeserver.store.account.Accounts;
import dev.bailiff.homeserver.store.account.RateLimitOverrides;
import dev.bailiff.homeserver.store.account.UserRooms;
import dev.bailiff.homeserver.store.device.CrossSigningKeys;
import dev.bailiff.homeserver.store.device.Devices;
import dev.bailiff.homeserver.store.device.Pushers;
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
