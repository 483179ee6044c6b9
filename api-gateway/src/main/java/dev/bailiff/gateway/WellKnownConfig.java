package dev.bailiff.gateway;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of the server that {@code /.well-known/matrix/client} shows to clients.
 *
 * <pre>
 * key             default  meaning
 * homeserver      none     URL of the client API; without it the answer is 404
 * identityServer  none     URL of an identity server
 * </pre>
 */
public final class WellKnownConfig {
  @Pattern(regexp = "https?://.+")
  @JsonProperty
  private @Nullable String homeserver;

  @Pattern(regexp = "https?://.+")
  @JsonProperty
  private @Nullable String identityServer;

  /** Whether no key is set. */
  boolean isDefault() {
    return homeserver == null && identityServer == null;
  }

  /** URL of the client API. */
  public @Nullable String homeserver() {
    return homeserver;
  }

  /** URL of an identity server. */
  public @Nullable String identityServer() {
    return identityServer;
  }
}
