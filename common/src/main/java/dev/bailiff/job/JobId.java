package dev.bailiff.job;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The id of a job, unique everywhere and never used again. In URLs and JSON it is the lower-case
 * text form of the UUID.
 */
public record JobId(UUID value) {
  private static final Pattern TEXT = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  /** A new random id. */
  public static JobId random() {
    return new JobId(UUID.randomUUID());
  }

  /** The id that {@code text} names; empty unless the text is in the one written form. */
  public static Optional<JobId> parse(String text) {
    return TEXT.matcher(text).matches()
        ? Optional.of(new JobId(UUID.fromString(text)))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
