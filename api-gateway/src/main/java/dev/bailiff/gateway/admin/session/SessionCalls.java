package dev.bailiff.gateway.admin.session;

import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.auth.LocalUsers;
import dev.bailiff.gateway.auth.LoginLimiter;
import dev.bailiff.gateway.auth.Logins;
import dev.bailiff.gateway.auth.PasswordChecks;
import dev.bailiff.gateway.route.ApiModule;
import dev.bailiff.homeserver.store.account.Accounts;
import dev.bailiff.homeserver.store.session.AccessTokens;
import dev.bailiff.homeserver.store.session.Connections;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Logins, sessions, and the client calls that admin tools make.
 *
 * @param homeserver URL at which clients find the homeserver; null = not shown
 * @param identityServer URL at which clients find the identity server; null = not shown
 */
public record SessionCalls(
    Accounts accounts,
    LocalUsers users,
    LocalServer localServer,
    AccessTokens tokens,
    Connections connections,
    LoginLimiter limiter,
    Logins logins,
    @Nullable String homeserver,
    @Nullable String identityServer)
    implements ApiModule {

  @Override
  public List<Object> resources() {
    var resources =
        new ArrayList<Object>(
            List.of(
                new WhoisResource(users, connections),
                new ClientWhoisResource(users, connections),
                new LoginResource(
                    accounts,
                    tokens,
                    localServer,
                    limiter,
                    PasswordChecks.onHalfTheCores(),
                    logins.byPassword()),
                new LogoutResource(tokens),
                new WhoamiResource(),
                new VersionsResource(),
                new WellKnownResource(homeserver, identityServer)));
    if (!logins.delegated()) {
      resources.add(new UserLoginResource(accounts, users, tokens));
    }
    return resources;
  }
}
