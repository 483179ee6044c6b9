package dev.bailiff.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.core.setup.AdminFactory;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.List;

/**
 * The block {@code admin}: the keys of Dropwizard, and the names of the admin port.
 *
 * <pre>
 * key    default  meaning
 * hosts  none     names (without port) that a request's Host may have; none = all, or on loopback those of loopback only
 * </pre>
 */
public final class AdminConfig extends AdminFactory {
  @NotNull @JsonProperty private List<@NotBlank String> hosts = List.of();

  /**
   * Names that the port is reached by; if it listens on loopback alone, the names of loopback are
   * added.
   */
  public List<String> hosts() {
    return hosts;
  }
}
