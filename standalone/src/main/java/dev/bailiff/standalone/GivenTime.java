package dev.bailiff.standalone;

import dev.bailiff.schemas.filter.FilterTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Moments as people type them, and as the API takes them: with a zone, so long ago, or a day of the
 * zone of whoever types it.
 */
record GivenTime(Instant now, ZoneId zone) {

  /**
   * The moment as the API takes it; empty for an empty text.
   *
   * @throws CommandException for text that is no moment
   */
  String parse(String option, String text) {
    return text.isEmpty()
        ? ""
        : FilterTime.parse(text, now)
            .or(() -> beginning(text))
            .map(Instant::toString)
            .orElseThrow(
                () ->
                    new CommandException(
                        ExitCode.WRONG_USAGE,
                        option
                            + " must look like 2026-11-23T08:00:00Z, 2026-11-23 or -24h, and not "
                            + text));
  }

  private Optional<Instant> beginning(String day) {
    try {
      return Optional.of(LocalDate.parse(day).atStartOfDay(zone).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
