package dev.bailiff.homeserver.media;

/**
 * Selects local media by last use and size (admin-api 5.14); never quarantined or protected ones.
 *
 * @param beforeAt last accessed before this time (or created, if never accessed), ms since the
 *     epoch
 * @param largerThan in bytes; an upload without content is never larger
 */
public record MediaSweep(long beforeAt, long largerThan) {
  /** All that are neither quarantined nor protected. */
  public static final MediaSweep SPARING = new MediaSweep(Long.MAX_VALUE, -1);
}
