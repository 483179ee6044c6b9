package dev.bailiff.benchmark;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What came out for one row.
 *
 * @param baseline null where there is none to compare with
 */
record Measurement(
    Subject subject, @Nullable Figures baseline, Figures bailiff, Bound bound, Notes notes) {

  /**
   * What was measured.
   *
   * @param name of the row
   * @param work in words
   * @param items how many items Bailiff did in each round
   */
  record Subject(String name, String work, long items) {}

  /**
   * What helps to understand the figures.
   *
   * @param stages seconds of each stage of the job, one map for each round
   * @param counts by what is counted
   */
  record Notes(List<Map<String, Double>> stages, Map<String, Long> counts) {
    static final Notes NONE = new Notes(List.of(), Map.of());
  }

  /**
   * What the bound is on: Bailiff's median time by the baseline's, or its rate by the baseline's.
   */
  OptionalDouble ratio() {
    if (baseline == null) {
      return OptionalDouble.empty();
    }
    double ofTimes = bailiff.median() / baseline.median();
    return OptionalDouble.of(bound.isOfRates() ? 1 / ofTimes : ofTimes);
  }

  /** Items a second in Bailiff's median round. */
  double rate() {
    return subject.items() / bailiff.median();
  }

  boolean isReached() {
    return bound.isReachedBy(this);
  }
}
