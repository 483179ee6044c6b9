package dev.bailiff.schemas.api.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The addresses at which clients find this server (admin-api 5.34).
 *
 * @param identityServer absent if none is configured
 */
public record WellKnownReply(
    @JsonProperty("m.homeserver") BaseUrl homeserver,
    @JsonProperty("m.identity_server") @JsonInclude(Include.NON_NULL)
        @Nullable BaseUrl identityServer) {

  /** The address of a server. */
  public record BaseUrl(String baseUrl) {}
}
