package dev.bailiff.benchmark;

import java.util.Locale;

/**
 * What a measurement must reach.
 *
 * @param ratio Bailiff's time is at most so many times the baseline's
 * @param rate at least so many items a second; 0 if there is no such bound
 */
record Bound(double ratio, long rate) {

  Bound {
    if (ratio <= 0 || rate < 0) {
      throw new IllegalArgumentException("no bound: " + ratio + ", " + rate);
    }
  }

  boolean isReachedBy(double measuredRatio, double measuredRate) {
    return measuredRatio <= ratio && measuredRate >= rate;
  }

  String text() {
    String most = String.format(Locale.ROOT, "≤ %.1f ×", ratio);
    return rate == 0 ? most : most + String.format(Locale.ROOT, ", ≥ %,d/s", rate);
  }
}
