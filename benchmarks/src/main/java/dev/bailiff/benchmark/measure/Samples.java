package dev.bailiff.benchmark.measure;

import java.util.List;

/**
 * Times of the rounds of one side.
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

  /** The middle one; of an even number the mean of the two in the middle. */
  public double median() {
    double[] sorted = seconds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
