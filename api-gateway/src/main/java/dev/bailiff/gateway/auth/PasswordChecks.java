package dev.bailiff.gateway.auth;

import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Checks passwords, a few at a time: each check takes a quarter of a second of a core, and anybody
 * may ask for one. A check beyond that number is refused at once, as a queue would hold a thread
 * for each check.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
public final class PasswordChecks {
  /** About as long as a check takes. */
  private static final long RETRY_AFTER_MILLIS = 250;

  private final Semaphore places;

  /**
   * @param atOnce how many passwords are checked at the same time
   */
  public PasswordChecks(int atOnce) {
    this.places = new Semaphore(atOnce);
  }

  /** Half of the cores of this machine, and at least one: the other calls keep the other half. */
  public static PasswordChecks onHalfTheCores() {
    return new PasswordChecks(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
  }

  /**
   * Whether this is the password. False if no password is set; that answer takes as long.
   *
   * @throws ApiException 429 {@code M_LIMIT_EXCEEDED} when too many passwords are being checked
   */
  public boolean matches(String password, @Nullable String hash) {
    if (!places.tryAcquire()) {
      throw new ApiException(429, Errcode.M_LIMIT_EXCEEDED, "Too many logins at once")
          .with("retry_after_ms", RETRY_AFTER_MILLIS);
    }
    try {
      return Passwords.matchesInEqualTime(password, hash);
    } finally {
      places.release();
    }
  }
}
