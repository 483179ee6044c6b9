package dev.bailiff.benchmark.measure;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The times of one side.
 *
 * @param rounds seconds of each round
 * @param latencies of single calls, of all rounds together; null if single calls were not measured
 */
public record Figures(Samples rounds, @Nullable Latencies latencies) {

  public static Figures of(List<Double> seconds) {
    return new Figures(new Samples(seconds), null);
  }

  public static Figures of(List<Double> seconds, Latencies latencies) {
    return new Figures(new Samples(seconds), latencies);
  }

  public double median() {
    return rounds.median();
  }
}
