package dev.bailiff.webhook;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The block {@code webhooks}, the same for gateways and workers.
 *
 * <pre>
 * key    default  meaning
 * allow  none     networks that are not public and may be called, such as 10.20.0.0/16
 * </pre>
 */
public record WebhooksConfig(List<String> allow) {
  /** Public addresses alone. */
  public static final WebhooksConfig DEFAULT = new WebhooksConfig(List.of());

  /**
   * @throws IllegalArgumentException if one is no network
   */
  public WebhooksConfig {
    allow = List.copyOf(allow);
    new AddressPolicy(allow);
  }

  @JsonCreator
  static WebhooksConfig of(@JsonProperty("allow") @Nullable List<String> allow) {
    return new WebhooksConfig(allow == null ? List.of() : allow);
  }

  /** Which addresses may be called. */
  public AddressPolicy policy() {
    return new AddressPolicy(allow);
  }
}
