package dev.bailiff.benchmark.measure;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The times of single calls.
 *
 * @param seconds ascending
 */
public record Latencies(List<Double> seconds) {

  public Latencies {
    if (seconds.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
    seconds = seconds.stream().sorted().toList();
  }

  public static Latencies ofNanos(long[] nanos) {
    return new Latencies(DoubleStream.of(toSeconds(nanos)).boxed().toList());
  }

  /** The latencies of several rounds in one. */
  public static Latencies together(List<Latencies> rounds) {
    return new Latencies(rounds.stream().flatMap(round -> round.seconds.stream()).toList());
  }

  public double p50() {
    return percentile(50);
  }

  public double p95() {
    return percentile(95);
  }

  public double p99() {
    return percentile(99);
  }

  /** The smallest time that at least this percentage of the calls did not exceed. */
  private double percentile(int percent) {
    int rank = (int) Math.ceil(seconds.size() * percent / 100.0);
    return seconds.get(Math.max(rank, 1) - 1);
  }

  private static double[] toSeconds(long[] nanos) {
    double[] seconds = new double[nanos.length];
    for (int i = 0; i < nanos.length; i++) {
      seconds[i] = nanos[i] / 1e9;
    }
    return seconds;
  }
}
