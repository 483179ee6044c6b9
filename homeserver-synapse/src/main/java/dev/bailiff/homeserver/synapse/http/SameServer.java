package dev.bailiff.homeserver.synapse.http;

import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps jobs from another homeserver that answers at the same address. Who answers is asked again
 * after every absence and every refusal of a token: a homeserver is not replaced without one of
 * them.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
final class SameServer {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private volatile @Nullable Supplier<Optional<String>> claimed;
  private volatile @Nullable String known;
  private volatile boolean sure = true;

  /**
   * Begins to look who answers.
   *
   * @param serverName the name of the homeserver that the jobs act on; empty if no process knows it
   *     yet, then the first answer decides
   */
  void holdTo(Supplier<Optional<String>> serverName) {
    claimed = serverName;
    sure = false;
  }

  /** Whether the homeserver has not been away since its name was compared. */
  boolean isSure() {
    return sure;
  }

  /** The homeserver may be another one from now on. */
  void doubt() {
    if (claimed != null) {
      sure = false;
    }
  }

  /**
   * Compares the owner of a token of Bailiff's with the server's name.
   *
   * @throws HomeserverUnavailableException if the owner is of another server, or is no user
   */
  void compare(String userId) {
    var name = userId.substring(userId.indexOf(':') + 1);
    if (name.isEmpty()) {
      throw new HomeserverUnavailableException(
          "what answers at the address of Synapse names no user: it is no Synapse", null, PATIENCE);
    }
    var expected = expected(name);
    if (!name.equals(expected)) {
      throw new HomeserverUnavailableException(
          "the homeserver "
              + name
              + " answers at the address of "
              + expected
              + ", whose users and rooms the jobs are about",
          null,
          PATIENCE);
    }
    known = name;
    sure = true;
  }

  private String expected(String name) {
    var before = known;
    var asked = claimed;
    return before == null && asked != null
        ? asked.get().orElse(name)
        : before == null ? name : before;
  }
}
