package dev.bailiff.gateway.admin.session;

import dev.bailiff.gateway.auth.AllowedFor;
import dev.bailiff.gateway.auth.Audience;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.schemas.api.session.WellKnownReply;
import dev.bailiff.schemas.api.session.WellKnownReply.BaseUrl;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** The addresses at which clients find this server (admin-api 5.34). */
@AllowedFor(Audience.EVERYBODY)
@Path("/.well-known/matrix/client")
@Produces(MediaType.APPLICATION_JSON)
public final class WellKnownResource {
  private final @Nullable String homeserver;
  private final @Nullable String identityServer;

  /** Each URL is null if it is not configured. */
  public WellKnownResource(@Nullable String homeserver, @Nullable String identityServer) {
    this.homeserver = homeserver;
    this.identityServer = identityServer;
  }

  @GET
  public WellKnownReply show() {
    if (homeserver == null) {
      throw ApiException.notFound(".well-known not available");
    }
    return new WellKnownReply(
        new BaseUrl(homeserver), identityServer == null ? null : new BaseUrl(identityServer));
  }
}
