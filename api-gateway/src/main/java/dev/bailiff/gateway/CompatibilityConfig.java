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
 * redactStatusWord  completed  word of redact_status for a done job; some clients need "complete"
 * userTypes         []         types that a user may have besides bot and support
 * </pre>
 */
public final class CompatibilityConfig {
  @NotNull
  @Pattern(regexp = "completed|complete")
  @JsonProperty
  private String redactStatusWord = "completed";

  @NotNull @JsonProperty private Set<String> userTypes = Set.of();

  /** The word of {@code redact_status} for a finished job. */
  public String redactStatusWord() {
    return redactStatusWord;
  }

  /** User types besides bot and support. */
  public Set<String> userTypes() {
    return Set.copyOf(userTypes);
  }
}
