package dev.bailiff.gateway;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.Set;

/**
 * The block {@code compatibility}.
 *
 * <pre>
 * key               default    meaning
 * redactStatusWord  completed  what redact_status says of a job that is done; some clients poll for "complete"
 * userTypes         []         types that a user may have beside bot and support
 * </pre>
 */
public final class CompatibilityConfig {
  @NotNull
  @Pattern(regexp = "completed|complete")
  @JsonProperty
  private String redactStatusWord = "completed";

  @NotNull @JsonProperty private Set<String> userTypes = Set.of();

  /** The word. */
  public String redactStatusWord() {
    return redactStatusWord;
  }

  /** Further user types. */
  public Set<String> userTypes() {
    return Set.copyOf(userTypes);
  }
}
