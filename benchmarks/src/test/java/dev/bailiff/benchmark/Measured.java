package dev.bailiff.benchmark;

import java.util.List;
import java.util.Map;

/** Measurements that tests begin with. */
final class Measured {

  private Measured() {}

  /** One round of each side. */
  static Measurement once(long items, double baselineSeconds, double bailiffSeconds, Bound bound) {
    return new Measurement(
        "work",
        "some work",
        items,
        new Samples(List.of(baselineSeconds)),
        new Samples(List.of(bailiffSeconds)),
        bound,
        List.of(Map.of("plan", 0.5)));
  }
}
