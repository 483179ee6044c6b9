package dev.bailiff.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key with which the messages of a webhook are signed, as Standard Webhooks has it: {@code
 * whsec_} and 24 to 64 bytes in Base64.
 */
public final class SigningSecret {
  private static final String PREFIX = "whsec_";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int BYTES = 32;
  private static final int FEWEST = 24;
  private static final int MOST = 64;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final byte[] key;

  private SigningSecret(byte[] key) {
    this.key = key;
  }

  /** A new secret of 256 bits. */
  public static SigningSecret random() {
    var key = new byte[BYTES];
    RANDOM.nextBytes(key);
    return new SigningSecret(key);
  }

  /** Reads a secret; empty for any other text. */
  public static Optional<SigningSecret> parse(String text) {
    if (!text.startsWith(PREFIX)) {
      return Optional.empty();
    }
    try {
      var key = Base64.getDecoder().decode(text.substring(PREFIX.length()));
      return key.length < FEWEST || key.length > MOST
          ? Optional.empty()
          : Optional.of(new SigningSecret(key));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The secret for its owner and the store. */
  public String text() {
    return PREFIX + Base64.getEncoder().encodeToString(key);
  }

  /**
   * The value of the header {@code webhook-signature}.
   *
   * @param id value of {@code webhook-id}
   * @param timestamp value of {@code webhook-timestamp}: seconds since 1970
   */
  public String sign(String id, long timestamp, String body) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      var signed = (id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8);
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  /** Tells nothing, so that no log can show the secret. */
  @Override
  public String toString() {
    return PREFIX + "...";
  }
}
