package dev.bailiff.homeserver.synapse.database;

import java.util.List;
import java.util.Optional;

/**
 * The result of one check.
 *
 * @param name of the check, for people
 * @param problem the reason why Synapse's database is not used; empty if the check passed
 */
public record Finding(String name, Optional<String> problem) {

  /** Whether nothing speaks against the use. */
  public boolean passed() {
    return problem.isEmpty();
  }

  /** The first problem; empty if all checks passed. */
  public static Optional<String> refusal(List<Finding> findings) {
    return findings.stream().flatMap(finding -> finding.problem().stream()).findFirst();
  }
}
