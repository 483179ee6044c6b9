package dev.bailiff.benchmark;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one side took.
 *
 * @param rounds how long each round took
 * @param latencies of single calls, of all rounds together; null where there are none
 */
record Figures(Samples rounds, @Nullable Latencies latencies) {

  static Figures of(List<Double> seconds) {
    return new Figures(new Samples(seconds), null);
  }

  static Figures of(List<Double> seconds, Latencies latencies) {
    return new Figures(new Samples(seconds), latencies);
  }

  double median() {
    return rounds.median();
  }
}
