package dev.bailiff.benchmark.measure;

import java.util.List;

/**
 * The times of one side's rounds.
 *
 * @param seconds one for each round, in the order of the rounds
 */
public record Samples(List<Double> seconds) {

  public Samples {
    if (seconds.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
    seconds = List.copyOf(seconds);
  }

  /** The middle time; for an even number of rounds the mean of the two middle times. */
  public double median() {
    double[] sorted = seconds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
