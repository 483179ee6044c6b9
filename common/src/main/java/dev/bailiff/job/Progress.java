package dev.bailiff.job;

/**
 * Counters for people, in items (users, rooms, events, files); never used to resume.
 *
 * @param total items planned so far
 */
public record Progress(long total, long done, long failed, long skipped) {
  public static final Progress NONE = new Progress(0, 0, 0, 0);

  /** The sum of both counters. */
  public Progress plus(Progress other) {
    return new Progress(
        total + other.total, done + other.done, failed + other.failed, skipped + other.skipped);
  }

  /** Items that need no further work. */
  public long settled() {
    return done + failed + skipped;
  }
}
