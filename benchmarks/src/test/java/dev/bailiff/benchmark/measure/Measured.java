package dev.bailiff.benchmark.measure;

import dev.bailiff.benchmark.data.Costs;
import java.util.List;
import java.util.Map;

/** Measurements for tests. */
public final class Measured {

  private Measured() {}

  /** A measurement with one round of each side. */
  public static Measurement once(
      long items, double baselineSeconds, double bailiffSeconds, Bound bound) {
    return new Measurement(
        new Measurement.Subject("work", "some work", items),
        Figures.of(List.of(baselineSeconds)),
        Figures.of(List.of(bailiffSeconds)),
        bound,
        Measurement.Notes.NONE
            .stages(List.of(Map.of("plan", 0.5)))
            .counts(Map.of("job rows", 7L))
            .costs(Map.of(Costs.COMMITS, 6.04))
            .warmedUp(41.6));
  }

  /** A measurement of one call of each side. */
  public static Measurement pair(Bound bound, double baselineSeconds, double bailiffSeconds) {
    return new Measurement(
        new Measurement.Subject("pair", "one call each", 1),
        Figures.of(List.of(baselineSeconds), new Latencies(List.of(baselineSeconds))),
        Figures.of(List.of(bailiffSeconds), new Latencies(List.of(bailiffSeconds))),
        bound,
        Measurement.Notes.NONE);
  }

  /** A measurement of calls without a baseline. */
  public static Measurement calls(Bound bound, Double... seconds) {
    return new Measurement(
        new Measurement.Subject("calls", "some calls", 1),
        null,
        Figures.of(List.of(1.0), new Latencies(List.of(seconds))),
        bound,
        Measurement.Notes.NONE);
  }
}
