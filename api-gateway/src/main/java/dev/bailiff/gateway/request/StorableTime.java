package dev.bailiff.gateway.request;

import java.time.Instant;
import java.time.format.DateTimeParseException;

/** A time that PostgreSQL can hold, as text: {@code 2026-11-23T08:00:00Z}. */
public final class StorableTime {
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

  private StorableTime() {}

  /**
   * Reads a time.
   *
   * @throws DateTimeParseException for text that is no time, or a time outside the years 1 to 9999
   */
  public static Instant parse(String text) {
    var time = Instant.parse(text);
    if (time.isBefore(FIRST) || time.isAfter(LAST)) {
      throw new DateTimeParseException("out of range", text, 0);
    }
    return time;
  }
}
