package dev.bailiff.schemas.kind;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times in other units than milliseconds are refused, with the value that was meant. */
class TimestampTest {

  @ParameterizedTest
  @CsvSource({
    "1700000000, in 1970, 1700000000000 (2023-11-14T22:13:20Z)",
    "1700000000123456, behind the year 9999, 1700000000123 (2023-11-14T22:13:20.123Z)",
    "1700000000123456789, behind the year 9999, 1700000000123 (2023-11-14T22:13:20.123Z)",
  })
  void whatWasMeantIsTold(long value, String where, String meant) {
    assertThat(Timestamp.problem("before_ts", value).orElseThrow())
        .startsWith("'before_ts' is " + value + ", which lies " + where + ".")
        .endsWith(": did you mean " + meant + "?");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 29_999_999, Long.MIN_VALUE, 253_402_300_800_000L, Long.MAX_VALUE})
  void whatCanBeNoTimeIsRefusedWithoutAGuessThatIsNone(long value) {
    assertThat(Timestamp.problem("before_ts", value).orElseThrow())
        .contains("Times are in milliseconds");
  }

  @ParameterizedTest
  @ValueSource(longs = {30_000_000_000L, 1_700_000_000_000L, 253_402_300_799_999L})
  void aTimeInMillisecondsIsNone(long value) {
    assertThat(Timestamp.problem("before_ts", value)).isEmpty();
  }

  @Test
  void noEventLiesBetweenALaterAndAnEarlierTime() {
    assertThat(problem(1_700_000_000_001L, 1_700_000_000_000L)).contains("is later than");
    assertThat(problem(1_700_000_000_000L, 1_700_000_000_000L)).isEmpty();
    assertThat(problem(0L, 1_700_000_000_000L)).as("0 counts as absent").isEmpty();
    assertThat(problem(null, null)).isEmpty();
  }

  private static String problem(@Nullable Long after, @Nullable Long before) {
    return new RedactEventsContract()
        .problem(
            List.of("@a:x"), new RedactEventsParameters(List.of(), null, null, null, after, before))
        .orElse("");
  }
}
