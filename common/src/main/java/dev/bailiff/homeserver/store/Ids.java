package dev.bailiff.homeserver.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Ids of what we create. They follow from the purpose and the source, so that the unique index
 * makes doing it twice impossible.
 */
final class Ids {

  private Ids() {}

  /**
   * 43 URL-safe characters, as after the {@code $} or {@code !} of ids of today's room versions.
   */
  static String derived(String... parts) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(String.join("|", parts).getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static String event(String... parts) {
    return "$" + derived(parts);
  }

  /** Whether the part of a user id after the first colon is the server's name. */
  static boolean isLocal(String userId, String server) {
    int colon = userId.indexOf(':');
    return colon >= 0 && userId.substring(colon + 1).equals(server);
  }
}
