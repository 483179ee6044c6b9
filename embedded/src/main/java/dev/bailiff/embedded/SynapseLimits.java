package dev.bailiff.embedded;

/**
 * How often a user may do something of one sort: send, register, log in, join, invite, redact.
 *
 * @param perSecond the rate in the long run
 * @param burst how much may come at once
 */
public record SynapseLimits(double perSecond, int burst) {

  /** Nobody is ever throttled. */
  public static final SynapseLimits NONE = new SynapseLimits(100_000, 100_000);

  public SynapseLimits {
    if (perSecond <= 0 || burst < 1) {
      throw new IllegalArgumentException("a limit must let something through");
    }
  }
}
