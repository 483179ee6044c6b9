package dev.bailiff.benchmark;

import java.util.List;
import java.util.Map;

/**
 * What came out for one claim.
 *
 * @param work in words
 * @param items how many items each side did in each round
 * @param stages seconds of each stage of the job, one map for each round
 */
record Measurement(
    String name,
    String work,
    long items,
    Samples baseline,
    Samples bailiff,
    Bound bound,
    List<Map<String, Double>> stages) {

  /** Bailiff's median by the baseline's. */
  double ratio() {
    return bailiff.median() / baseline.median();
  }

  /** Items a second in Bailiff's median round. */
  double rate() {
    return items / bailiff.median();
  }

  boolean isReached() {
    return bound.isReachedBy(ratio(), rate());
  }
}
