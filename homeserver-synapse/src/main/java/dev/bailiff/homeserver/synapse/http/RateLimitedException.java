package dev.bailiff.homeserver.synapse.http;

import java.time.Duration;

/** Synapse answered 429: the call was not carried out and may be sent again after a while. */
public final class RateLimitedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Duration retryAfter;

  public RateLimitedException(Duration retryAfter) {
    super("429: again in " + retryAfter);
    this.retryAfter = retryAfter;
  }

  /** The wait that Synapse asks for. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
