package dev.bailiff.homeserver.store.event;

import dev.bailiff.secret.Sha256;
import java.util.Base64;

/**
 * Ids of rooms and events that we create. An id is derived from the purpose and the source of the
 * change, so that the unique index keeps a repeated change from creating a second one.
 */
public final class Ids {

  private Ids() {}

  /**
   * 43 URL-safe characters, as after the {@code $} or {@code !} of ids in the newest room versions.
   */
  public static String derived(String... parts) {
    byte[] hash = Sha256.of(String.join("|", parts));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
  }

  /** The id of an event. */
  public static String event(String... parts) {
    return "$" + derived(parts);
  }
}
