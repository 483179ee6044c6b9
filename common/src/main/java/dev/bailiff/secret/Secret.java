package dev.bailiff.secret;

import java.security.SecureRandom;
import java.util.Base64;

/** New tokens and passwords. */
public final class Secret {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** 256 bits: nobody can guess such a secret, so that storing its plain digest is safe. */
  private static final int BYTES = 32;

  private Secret() {}

  /** A new random secret: 43 URL-safe characters. */
  public static String random() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
