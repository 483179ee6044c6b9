package dev.bailiff.standalone;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * When a job starts, as people type it: a moment with a zone, or a time of the day, which is the
 * next such time in the zone of whoever types it.
 */
record StartTime(Instant now, ZoneId zone) {
  private static final DateTimeFormatter SHOWN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss VV", Locale.ROOT);

  /**
   * The moment.
   *
   * @throws CommandException for text that is no moment
   */
  Instant parse(String text) {
    return moment(text)
        .or(() -> next(text))
        .orElseThrow(
            () ->
                new CommandException(
                    ExitCode.WRONG_USAGE,
                    "--at must look like 2026-11-23T08:00:00Z, 2026-11-23T09:00:00+01:00 or 02:00, and not "
                        + text));
  }

  /** A moment with its zone and in UTC. */
  String shown(Instant moment) {
    return SHOWN.format(moment.atZone(zone)) + ", " + moment.truncatedTo(ChronoUnit.SECONDS);
  }

  private static Optional<Instant> moment(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private Optional<Instant> next(String time) {
    try {
      var today = ZonedDateTime.ofInstant(now, zone).with(LocalTime.parse(time));
      return Optional.of((today.toInstant().isAfter(now) ? today : today.plusDays(1)).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
