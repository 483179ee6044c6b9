package dev.bailiff.homeserver;

/**
 * The homeserver cannot be asked now (connection lost, time-out, breaker open). Whether the batch
 * was kept is not known: read the checkpoint again, then try again with backoff.
 */
public final class HomeserverUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public HomeserverUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
