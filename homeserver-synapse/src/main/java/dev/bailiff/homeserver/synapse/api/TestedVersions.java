package dev.bailiff.homeserver.synapse.api;

import java.util.List;
import java.util.Optional;

/**
 * The releases of Synapse that the whole suite ran on. This is the only list: direct SQL is refused
 * for every other release, and everything else is warned of. A release gets here together with the
 * fingerprint of its schema.
 */
public final class TestedVersions {
  private static final List<String> ALL = List.of("1.163.2");

  private TestedVersions() {}

  /** The releases, the oldest first. */
  public static List<String> all() {
    return ALL;
  }

  /**
   * Whether a release was tested.
   *
   * @param version as Synapse reports it; a build from a branch reports more than the release
   */
  public static boolean contains(String version) {
    return ALL.contains(version);
  }

  /** One sentence for people about a release that was not tested; empty for one that was. */
  public static Optional<String> warning(String version) {
    return contains(version)
        ? Optional.empty()
        : Optional.of(
            "Bailiff was not tested with Synapse "
                + version
                + ", only with "
                + String.join(", ", ALL)
                + ": try its jobs on something unimportant first; direct SQL is refused.");
  }
}
