package dev.bailiff.homeserver.store.device;

import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Cross-signing keys of the own store (admin-api 4.18). Thread-safe. */
public final class CrossSigningKeys {

  /** The window is ten minutes long, by the database's clock. */
  static final String OPEN_WINDOW =
      """
      update homeserver.cross_signing_key
      set replaceable_until_at = (extract(epoch from clock_timestamp()) * 1000)::bigint + 600000
      where user_id = :user and usage = 'master'
      returning replaceable_until_at
      """;

  private final Jdbi jdbi;

  public CrossSigningKeys(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Lets the user's master key be replaced without their password for ten minutes from now.
   *
   * @return until when, in milliseconds since the epoch; empty without a master key
   */
  public Optional<Long> allowReplacement(String user) {
    return jdbi.inTransaction(
        handle -> handle.createQuery(OPEN_WINDOW).bind("user", user).mapTo(Long.class).findOne());
  }
}
