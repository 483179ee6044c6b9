package dev.bailiff.homeserver.synapse.purge;

import java.util.Optional;

/**
 * The result of one check.
 *
 * @param name of the check, for people
 * @param problem the reason why a purge is refused; empty if the check passed
 */
public record Finding(String name, Optional<String> problem) {

  /** Whether nothing speaks against a purge. */
  public boolean passed() {
    return problem.isEmpty();
  }
}
