package dev.bailiff.secret;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The text of a token: {@code bailiff_}, a secret, and a checksum, by which programs that look for
 * leaked secrets tell a token from other texts without asking anybody.
 */
public final class TokenText {
  private static final String PREFIX = "bailiff_";
  private static final int CHECKSUM_DIGITS = 7; // of base 36, for 32 bits

  private TokenText() {}

  /** A new token. */
  public static String random() {
    var secret = Secret.random();
    return PREFIX + secret + checksum(secret);
  }

  /** Whether a text has the form of a token and its checksum. */
  public static boolean isToken(String text) {
    int end = text.length() - CHECKSUM_DIGITS;
    return text.startsWith(PREFIX)
        && end > PREFIX.length()
        && text.substring(end).equals(checksum(text.substring(PREFIX.length(), end)));
  }

  private static String checksum(String secret) {
    var crc = new CRC32();
    crc.update(secret.getBytes(StandardCharsets.UTF_8));
    var digits = Long.toString(crc.getValue(), Character.MAX_RADIX);
    return "0".repeat(CHECKSUM_DIGITS - digits.length()) + digits;
  }
}
