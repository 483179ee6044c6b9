package dev.bailiff.homeserver.batch;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The homeserver cannot be asked now (connection lost, time-out, breaker open). Whether the batch
 * was kept is not known: read the checkpoint again, then wait and ask again. This costs no attempt,
 * however long it lasts: a homeserver that is away says nothing about the work.
 */
public final class HomeserverUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final @Nullable Duration retryAfter;

  public HomeserverUnavailableException(String message, Throwable cause) {
    this(message, cause, null);
  }

  /**
   * With the wait that the other side asked for.
   *
   * @param retryAfter null if it did not say
   */
  public HomeserverUnavailableException(
      String message, @Nullable Throwable cause, @Nullable Duration retryAfter) {
    super(message, cause);
    this.retryAfter = retryAfter;
  }

  /** The shortest wait that makes sense; empty if the other side did not say. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
