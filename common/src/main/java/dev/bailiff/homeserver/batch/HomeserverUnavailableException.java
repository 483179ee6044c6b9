package dev.bailiff.homeserver.batch;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The homeserver cannot be reached now (connection lost, time-out, breaker open). It is unknown
 * whether the batch was kept: the caller reads the checkpoint again, waits, and repeats the call.
 * The wait costs no attempt, however long it lasts: a homeserver that is away says nothing about
 * the work.
 */
public final class HomeserverUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final @Nullable Duration retryAfter;

  public HomeserverUnavailableException(String message, Throwable cause) {
    this(message, cause, null);
  }

  /**
   * An error with the wait that the other side asked for.
   *
   * @param retryAfter null if the other side named no wait
   */
  public HomeserverUnavailableException(
      String message, @Nullable Throwable cause, @Nullable Duration retryAfter) {
    super(message, cause);
    this.retryAfter = retryAfter;
  }

  /** The shortest wait that makes sense; empty if the other side named none. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
