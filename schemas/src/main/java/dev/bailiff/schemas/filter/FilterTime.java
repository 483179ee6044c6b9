package dev.bailiff.schemas.filter;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/** A moment as clients write it: RFC 3339 with a zone, or so long before now. */
public final class FilterTime {
  private static final Pattern AGO = Pattern.compile("-(\\d{1,7})([smhdw])");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

  private FilterTime() {}

  /** The moment, in whole milliseconds; empty for text that is none from 1970 to 9999. */
  public static Optional<Instant> parse(String text, Instant now) {
    return moment(text, now)
        .map(time -> time.truncatedTo(ChronoUnit.MILLIS))
        .filter(time -> !time.isBefore(Instant.EPOCH) && !time.isAfter(LAST));
  }

  private static Optional<Instant> moment(String text, Instant now) {
    var ago = AGO.matcher(text);
    if (ago.matches()) {
      long count = Long.parseLong(ago.group(1));
      return Optional.of(now.minus(unit(ago.group(2)).multipliedBy(count)));
    }
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Duration unit(String letter) {
    return switch (letter) {
      case "s" -> Duration.ofSeconds(1);
      case "m" -> Duration.ofMinutes(1);
      case "h" -> Duration.ofHours(1);
      case "d" -> Duration.ofDays(1);
      default -> Duration.ofDays(7);
    };
  }
}
