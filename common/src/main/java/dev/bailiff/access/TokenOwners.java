package dev.bailiff.access;

import java.time.Duration;
import java.util.Optional;

/** Finds the owners of the access tokens of users. Thread-safe. */
public interface TokenOwners {

  /** The owner of a token, even if the token has expired; empty for an unknown token. */
  Optional<TokenOwner> find(byte[] sha256);

  /**
   * Records that a token was used.
   *
   * @return the time during which further uses of the same token from the same place need not be
   *     recorded
   */
  Duration recordUse(TokenUse use);
}
