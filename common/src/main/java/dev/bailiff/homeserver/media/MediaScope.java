package dev.bailiff.homeserver.media;

import org.jspecify.annotations.Nullable;

/**
 * Media selected together: those of a user, or those that a sweep selects. One of the two is null.
 */
public record MediaScope(@Nullable String user, @Nullable MediaSweep sweep) {

  public MediaScope {
    if ((user == null) == (sweep == null)) {
      throw new IllegalArgumentException("either a user or a sweep");
    }
  }

  /** All media of a user. */
  public static MediaScope of(String user) {
    return new MediaScope(user, null);
  }

  /** All media that a sweep selects. */
  public static MediaScope of(MediaSweep sweep) {
    return new MediaScope(null, sweep);
  }
}
