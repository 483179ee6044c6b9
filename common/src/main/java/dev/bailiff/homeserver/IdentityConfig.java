package dev.bailiff.homeserver;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.Duration;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The block {@code identity}: identity servers that are notified of closed accounts.
 *
 * <pre>
 * key            default
 * servers        []       no server is notified
 * requestTimeout 2s
 * attempts       3        1 or more
 * </pre>
 *
 * @param servers base addresses, such as {@code https://id.example}; none by default
 * @param requestTimeout for one request
 * @param attempts how often a request is made at most
 */
public record IdentityConfig(
    @NotNull @Valid List<URI> servers, @NotNull Duration requestTimeout, int attempts) {

  public IdentityConfig {
    if (attempts < 1) {
      throw new IllegalArgumentException("identity: attempts must be 1 or more: " + attempts);
    }
    servers = List.copyOf(servers);
  }

  /** Reads the block from YAML; absent keys have their defaults. */
  @JsonCreator
  static IdentityConfig of(
      @JsonProperty("servers") @Nullable List<URI> servers,
      @JsonProperty("requestTimeout") @Nullable Duration requestTimeout,
      @JsonProperty("attempts") @Nullable Integer attempts) {
    return new IdentityConfig(
        servers == null ? List.of() : servers,
        requestTimeout == null ? Duration.seconds(2) : requestTimeout,
        attempts == null ? 3 : attempts);
  }

  public static IdentityConfig defaults() {
    return new IdentityConfig(List.of(), Duration.seconds(2), 3);
  }
}
