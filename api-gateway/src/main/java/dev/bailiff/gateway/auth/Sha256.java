package dev.bailiff.gateway.auth;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The only form in which tokens are stored and compared. */
public final class Sha256 {

  private Sha256() {}

  /** The digest of these bytes, 32 bytes. */
  public static byte[] of(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
