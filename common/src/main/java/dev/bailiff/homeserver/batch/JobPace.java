package dev.bailiff.homeserver.batch;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How fast a job works on its homeserver. */
public enum JobPace {
  /** As fast as the homeserver can. */
  FAST,
  /** So slowly that users of the homeserver do not feel it. */
  GENTLE;

  /** The word in requests and in the store. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The pace of a word. */
  public static Optional<JobPace> of(String word) {
    return Stream.of(values()).filter(pace -> pace.word().equals(word)).findFirst();
  }
}
