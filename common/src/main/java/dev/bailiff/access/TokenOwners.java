package dev.bailiff.access;

import java.time.Duration;
import java.util.Optional;

/** Knows who stands behind the access tokens of users. Thread-safe. */
public interface TokenOwners {

  /** The owner of a token, whether or not it is still valid; empty for an unknown one. */
  Optional<TokenOwner> find(byte[] sha256);

  /**
   * Notes that a token was used.
   *
   * @return for how long another use of the same token from the same place need not be noted
   */
  Duration recordUse(TokenUse use);
}
