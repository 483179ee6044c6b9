package dev.bailiff.homeserver.deactivation;

/** Which users a homeserver knows. Thread-safe. */
@FunctionalInterface
public interface KnownUsers {

  /** Whether there is an account of this id. */
  boolean exists(String userId);
}
