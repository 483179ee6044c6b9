package dev.bailiff.schemas.kind;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Times in parameters: milliseconds since the epoch. People sometimes give them in other units. */
final class Timestamp {

  /** Times below this are in seconds by mistake: read as milliseconds they lie in 1970. */
  static final long EARLIEST = 30_000_000_000L;

  /** The end of the year 9999. Later times are in microseconds or nanoseconds by mistake. */
  static final long LATEST = 253_402_300_799_999L;

  private Timestamp() {}

  /**
   * The error text for a time that cannot be in milliseconds; it suggests the value in milliseconds
   * if there is a likely one.
   *
   * @param name of the parameter
   * @param value null if the parameter was not given
   */
  static Optional<String> problem(String name, @Nullable Long value) {
    if (value == null || value >= EARLIEST && value <= LATEST) {
      return Optional.empty();
    }
    if (value < EARLIEST) {
      return Optional.of(
          "'%s' is %d, which lies %s. Times are in milliseconds%s"
              .formatted(
                  name,
                  value,
                  value < 0 ? "before 1970" : "in 1970",
                  meant(value > 0 ? value * 1000 : value)));
    }
    return Optional.of(
        "'%s' is %d, which lies behind the year 9999. Times are in milliseconds%s"
            .formatted(
                name, value, meant(value / 1000 > LATEST ? value / 1_000_000 : value / 1000)));
  }

  private static String meant(long value) {
    return value >= EARLIEST && value <= LATEST && year(value) <= 2200
        ? ": did you mean " + value + " (" + Instant.ofEpochMilli(value) + ")?"
        : ".";
  }

  private static int year(long value) {
    return Instant.ofEpochMilli(value).atOffset(ZoneOffset.UTC).get(ChronoField.YEAR);
  }
}
