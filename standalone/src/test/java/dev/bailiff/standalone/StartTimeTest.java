package dev.bailiff.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartTimeTest {
  /** Half past one in Berlin, in the night in which the clock is put forward at two. */
  private final StartTime time =
      new StartTime(Instant.parse("2026-03-29T00:30:00Z"), ZoneId.of("Europe/Berlin"));

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T08:00:00Z, 2026-11-23T08:00:00Z",
    "2026-11-23T09:00:00+01:00, 2026-11-23T08:00:00Z",
    "05:00, 2026-03-29T03:00:00Z",
    "01:00, 2026-03-29T23:00:00Z",
    "01:30, 2026-03-29T23:30:00Z"
  })
  void aMomentOrTheNextTimeOfTheDay(String text, String moment) {
    assertThat(time.parse(text)).isEqualTo(moment);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-11-23T08:00:00", "2026-11-23", "tomorrow", "25:00", ""})
  void aMomentWithoutAZoneIsRefused(String text) {
    assertThatThrownBy(() -> time.parse(text))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("--at must look like");
  }

  @Test
  void isShownWithItsZoneAndInUtc() {
    assertThat(time.shown(time.parse("05:00")))
        .isEqualTo("2026-03-29 05:00:00 Europe/Berlin, 2026-03-29T03:00:00Z");
  }
}
