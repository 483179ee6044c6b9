package dev.bailiff.secret;

import java.security.SecureRandom;
import java.util.Base64;

/** New tokens and passwords. */
public final class Secret {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** 256 bits: beyond what can be guessed, so that a plain digest of it is enough to store. */
  private static final int BYTES = 32;

  private Secret() {}

  /** A secret that nobody has seen: 43 URL-safe characters. */
  public static String random() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
