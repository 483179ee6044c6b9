package dev.bailiff.standalone.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RowTextTest {
  private final RowText text = new RowText(100);

  @Test
  void barShowsStageCountsRateAndTimeLeft() {
    ProgressRow row = row("purge", 2_000, 1_000, 3, 20, 512.4, Duration.ofSeconds(95), false);

    assertThat(new RowText(130).bar(row))
        .isEqualTo(
            "delete-rooms      [###############---------------]  51 % purge  1,023/2,000  3 failed"
                + "  20 skipped  512/s  1 min 35 s left");
  }

  @Test
  void barShrinksBeforeFiguresAreCut() {
    ProgressRow row = row("purge", 2_000, 1_000, 0, 0, null, null, false);

    assertThat(new RowText(60).bar(row))
        .isEqualTo("delete-rooms      [#######--------]  50 % purge  1,000/2,000");
  }

  @Test
  void barOfAnEndedJobIsFullAndHasNoRate() {
    ProgressRow row = row("completed", 24, 24, 0, 0, 10.0, null, true);

    assertThat(text.bar(row))
        .isEqualTo("delete-rooms      [##############################] 100 % completed  24/24");
  }

  @Test
  void runningJobNeverSaysOneHundredPerCent() {
    assertThat(text.bar(row("verify", 24, 24, 0, 0, null, null, false))).contains(" 99 % ");
  }

  @Test
  void failedJobShowsHowFarItCame() {
    assertThat(text.bar(row("failed", 10, 4, 1, 0, null, null, true))).contains(" 50 % ");
  }

  @Test
  void endedJobWithoutItemsIsFull() {
    assertThat(text.line(row("completed", 0, 0, 0, 0, null, null, true)))
        .isEqualTo("delete-rooms      100 % completed  0 so far");
  }

  @Test
  void unknownTotalShowsWhatIsDone() {
    assertThat(text.line(row("plan", 0, 7, 0, 0, null, null, false)))
        .isEqualTo("delete-rooms        0 % plan  7 so far");
  }

  @Test
  void noLineIsWiderThanTheTerminal() {
    ProgressRow row =
        row("move-aliases", 1_000_000_000, 1, 1_000_000, 1_000_000, 1e6, Duration.ofDays(2), false);

    for (int columns = 40; columns < 200; columns++) {
      assertThat(new RowText(columns).bar(row)).hasSizeLessThanOrEqualTo(columns);
    }
  }

  @Test
  void timeLeftIsShownInTwoUnitsAtMost() {
    assertThat(text.line(row("purge", 9, 1, 0, 0, null, Duration.ofSeconds(59), false)))
        .endsWith("59 s left");
    assertThat(text.line(row("purge", 9, 1, 0, 0, null, Duration.ofSeconds(7_384), false)))
        .endsWith("2 h 3 min left");
    assertThat(text.line(row("purge", 9, 1, 0, 0, null, Duration.ofSeconds(-3), false)))
        .endsWith("0 s left");
  }

  @Test
  void whatPeopleWroteMovesNoCursor() {
    var row = new ProgressRow("a\u001b[2J\u202e", "b\rc", 1, 0, 0, 0, null, null, false);

    assertThat(text.bar(row) + text.line(row))
        .doesNotContain("\u001b", "\u202e", "\r")
        .contains("a\\u001b[2J");
  }

  private static ProgressRow row(
      String state,
      long total,
      long done,
      long failed,
      long skipped,
      Double perSecond,
      Duration left,
      boolean ended) {
    return new ProgressRow(
        "delete-rooms", state, total, done, failed, skipped, perSecond, left, ended);
  }
}
