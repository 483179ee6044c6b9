package dev.bailiff.benchmark.measure;

import dev.bailiff.benchmark.data.Costs;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The result of one row.
 *
 * @param baseline null if the row has no baseline
 */
public record Measurement(
    Subject subject, @Nullable Figures baseline, Figures bailiff, Bound bound, Notes notes) {

  /**
   * The measured work.
   *
   * @param name of the row
   * @param work in words
   * @param items how many items Bailiff did in each round
   */
  public record Subject(String name, String work, long items) {}

  /**
   * Data that help to understand the figures.
   *
   * @param stages seconds of each stage of the job, one map for each round
   * @param counts by the name of the count
   * @param costs of each item, by the name of the cost (see {@link Costs}), or other figures beside
   *     the time
   * @param warmUpSeconds of Bailiff, of all rounds together; 0 = Bailiff was measured without
   *     warm-up
   */
  public record Notes(
      List<Map<String, Double>> stages,
      Map<String, Long> counts,
      Map<String, Double> costs,
      double warmUpSeconds) {
    public static final Notes NONE = new Notes(List.of(), Map.of(), Map.of(), 0);

    public Notes stages(List<Map<String, Double>> ofRounds) {
      return new Notes(ofRounds, counts, costs, warmUpSeconds);
    }

    public Notes counts(Map<String, Long> byName) {
      return new Notes(stages, byName, costs, warmUpSeconds);
    }

    public Notes costs(Map<String, Double> byName) {
      return new Notes(stages, counts, byName, warmUpSeconds);
    }

    public Notes warmedUp(double seconds) {
      return new Notes(stages, counts, costs, seconds);
    }
  }

  /**
   * The ratio that the bound limits: Bailiff's median time divided by the baseline's, or Bailiff's
   * rate divided by the baseline's. Empty without a baseline.
   */
  public OptionalDouble ratio() {
    if (baseline == null) {
      return OptionalDouble.empty();
    }
    double ofTimes = bailiff.median() / baseline.median();
    return OptionalDouble.of(bound.isOfRates() ? 1 / ofTimes : ofTimes);
  }

  /** Items a second in Bailiff's median round. */
  public double rate() {
    return subject.items() / bailiff.median();
  }

  public boolean isReached() {
    return bound.isReachedBy(this);
  }
}
