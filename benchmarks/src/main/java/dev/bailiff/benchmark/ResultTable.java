package dev.bailiff.benchmark;

import dev.bailiff.benchmark.measure.Measurement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Prints the measurements as a Markdown table, so that it can be pasted into docs/performance.md.
 */
final class ResultTable {
  private static final String NONE = "–";
  private static final List<String> HEADING =
      List.of(
          "work",
          "baseline s",
          "Bailiff s",
          "ratio",
          "rate",
          "p50 ms",
          "p99 ms",
          "besides",
          "warm-up s",
          "must reach",
          "reached");

  private ResultTable() {}

  /** One line for each measurement, below a heading. Each column is as wide as its widest cell. */
  static List<String> lines(List<Measurement> measurements) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADING);
    measurements.forEach(measurement -> rows.add(cells(measurement)));
    int[] widths = new int[HEADING.size()];
    for (List<String> row : rows) {
      for (int c = 0; c < widths.length; c++) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      lines.add(line(row, widths));
      if (lines.size() == 1) {
        lines.add(rule(widths));
      }
    }
    return lines;
  }

  private static List<String> cells(Measurement measurement) {
    var baseline = measurement.baseline();
    var latencies = measurement.bailiff().latencies();
    return List.of(
        measurement.subject().work(),
        baseline == null ? NONE : seconds(baseline.median()),
        seconds(measurement.bailiff().median()),
        baseline == null ? NONE : number("%.2f", measurement.ratio().orElseThrow()),
        number("%,.0f/s", measurement.rate()),
        latencies == null ? NONE : number("%.1f", latencies.p50() * 1e3),
        latencies == null ? NONE : number("%.1f", latencies.p99() * 1e3),
        costs(measurement.notes().costs()),
        warmUp(measurement.notes().warmUpSeconds()),
        measurement.bound().text(),
        measurement.isReached() ? "yes" : "no");
  }

  /** With three decimals if it is less than a second. */
  private static String seconds(double value) {
    return number(value < 1 ? "%.3f" : "%.2f", value);
  }

  private static String costs(Map<String, Double> costs) {
    return costs.isEmpty()
        ? NONE
        : costs.entrySet().stream()
            .map(cost -> besides(cost.getValue()) + " " + cost.getKey())
            .collect(Collectors.joining(", "));
  }

  /** With two decimals if it is less than one. */
  private static String besides(double value) {
    return number(value < 1 ? "%.2f" : "%.1f", value);
  }

  private static String warmUp(double seconds) {
    return seconds == 0 ? NONE : number("%.0f", seconds);
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder("|");
    for (int c = 0; c < widths.length; c++) {
      line.append(' ').append(row.get(c)).append(" ".repeat(widths[c] - row.get(c).length()));
      line.append(" |");
    }
    return line.toString();
  }

  private static String rule(int[] widths) {
    StringBuilder line = new StringBuilder("|");
    for (int width : widths) {
      line.append(' ').append("-".repeat(width)).append(" |");
    }
    return line.toString();
  }
}
