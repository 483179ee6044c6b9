package dev.bailiff.job.store;

/**
 * A run of targets, as the range of a segment: numbers {@code from} (inclusive) to {@code to}
 * (exclusive).
 */
public record TargetSpan(int from, int to) {

  /** The text of a span, {@code from-to}. */
  public static String of(int from, int to) {
    return from + "-" + to;
  }

  /** Reads the text back. */
  public static TargetSpan parse(String text) {
    int dash = text.indexOf('-');
    return new TargetSpan(
        Integer.parseInt(text.substring(0, dash)), Integer.parseInt(text.substring(dash + 1)));
  }
}
