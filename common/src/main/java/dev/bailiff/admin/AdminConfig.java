package dev.bailiff.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.core.setup.AdminFactory;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.List;

/**
 * The block {@code admin}: Dropwizard's, and which names the admin port is reached by.
 *
 * <pre>
 * key    default  meaning
 * hosts  none     names (without port) that a request's Host may have; without it any, and on loopback those of loopback alone
 * </pre>
 */
public final class AdminConfig extends AdminFactory {
  @NotNull @JsonProperty private List<@NotBlank String> hosts = List.of();

  /** Names that the port is reached by, besides those of loopback where it listens there. */
  public List<String> hosts() {
    return hosts;
  }
}
