package dev.bailiff.gateway;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The block {@code compatibility}.
 *
 * <pre>
 * key               default    meaning
 * redactStatusWord  completed  word of redact_status for a done job; some clients need "complete", which is the default
 *                              with a live homeserver, as Synapse itself says it
 * userTypes         []         types that a user may have besides bot and support
 * </pre>
 */
public final class CompatibilityConfig {
  @Pattern(regexp = "completed|complete")
  @JsonProperty
  private @Nullable String redactStatusWord;

  @NotNull @JsonProperty private Set<String> userTypes = Set.of();

  /** The word of {@code redact_status} for a finished job. */
  public String redactStatusWord() {
    return redactStatusWord("completed");
  }

  /**
   * The word of {@code redact_status} for a finished job.
   *
   * @param otherwise the word if none is configured
   */
  String redactStatusWord(String otherwise) {
    return redactStatusWord == null ? otherwise : redactStatusWord;
  }

  /** User types besides bot and support. */
  public Set<String> userTypes() {
    return Set.copyOf(userTypes);
  }
}
