package dev.bailiff.standalone.terminal;

import dev.bailiff.text.VisibleText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Turns a {@link ProgressRow} into text that fits the width. The text is ASCII only, so that it
 * looks right in every terminal and log.
 */
final class RowText {
  private static final int LABEL_WIDTH = 17;
  private static final int MIN_BAR = 10;
  private static final int MAX_BAR = 30;

  private final int columns;

  RowText(int columns) {
    this.columns = columns;
  }

  /**
   * Label, bar, per cent and figures. If the width is short, the bar shrinks, and then the figures
   * are cut.
   */
  String bar(ProgressRow row) {
    String label = padded(row.label());
    String figures = figures(row);
    int room = columns - label.length() - figures.length() - " [] 100 % ".length();
    int width = Math.max(MIN_BAR, Math.min(MAX_BAR, room));
    int full = (int) (row.fraction() * width);
    String line =
        label
            + " ["
            + "#".repeat(full)
            + "-".repeat(width - full)
            + "] "
            + String.format(Locale.ROOT, "%3d %% ", percent(row))
            + figures;
    return cut(line);
  }

  /** The same text without a bar, never cut. */
  String line(ProgressRow row) {
    return padded(row.label())
        + String.format(Locale.ROOT, " %3d %% ", percent(row))
        + figures(row);
  }

  private static String figures(ProgressRow row) {
    List<String> parts = new ArrayList<>();
    parts.add(VisibleText.of(row.state()));
    parts.add(
        row.total() > 0
            ? count(row.finished()) + "/" + count(row.total())
            : count(row.finished()) + " so far");
    if (row.failed() > 0) {
      parts.add(count(row.failed()) + " failed");
    }
    if (row.skipped() > 0) {
      parts.add(count(row.skipped()) + " skipped");
    }
    Double perSecond = row.perSecond();
    if (perSecond != null && !row.ended()) {
      parts.add(count(Math.round(perSecond)) + "/s");
    }
    Duration left = row.left();
    if (left != null && !row.ended()) {
      parts.add(time(left) + " left");
    }
    return String.join("  ", parts);
  }

  /** Never 100 before the end: the last item may take long. */
  private static long percent(ProgressRow row) {
    long percent = (long) Math.floor(row.fraction() * 100);
    return row.ended() ? percent : Math.min(99, percent);
  }

  private static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  private static String time(Duration left) {
    long seconds = Math.max(0, left.toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min " + seconds % 60 + " s";
    }
    return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
  }

  private static String padded(@Nullable String label) {
    return String.format(
        Locale.ROOT, "%-" + LABEL_WIDTH + "s", VisibleText.of(String.valueOf(label)));
  }

  private String cut(String line) {
    return line.length() <= columns ? line : line.substring(0, columns);
  }
}
