package dev.bailiff.benchmark.measure;

import dev.bailiff.benchmark.data.Costs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The figures that a measurement must reach; 0 = no bound.
 *
 * @param times Bailiff's time is at most so many times the baseline's
 * @param share Bailiff's rate is at least this share of the baseline's
 * @param rate Bailiff does at least so many items a second
 * @param p50 half of the calls take at most so many seconds
 * @param p99 99 of 100 calls take at most so many seconds
 * @param tail Bailiff's 99th percentile is at most so many times the baseline's
 * @param addedP50 half of Bailiff's calls take at most so many seconds longer than half of the
 *     baseline's
 * @param costs highest cost of each item, by the name of the cost (see {@link Costs}), or the
 *     highest value of another figure beside the time
 */
public record Bound(
    double times,
    double share,
    long rate,
    double p50,
    double p99,
    double tail,
    double addedP50,
    Map<String, Double> costs) {

  public Bound {
    if (times < 0 || share < 0 || rate < 0 || p50 < 0 || p99 < 0 || tail < 0 || addedP50 < 0) {
      throw new IllegalArgumentException("a bound is not negative");
    }
  }

  /** The bound of work that only has to be done. */
  public static Bound done() {
    return new Bound(0, 0, 0, 0, 0, 0, 0, Map.of());
  }

  public static Bound timesAtMost(double times) {
    return new Bound(times, 0, 0, 0, 0, 0, 0, Map.of());
  }

  public static Bound shareAtLeast(double share) {
    return new Bound(0, share, 0, 0, 0, 0, 0, Map.of());
  }

  public static Bound tailAtMost(double times) {
    return new Bound(0, 0, 0, 0, 0, times, 0, Map.of());
  }

  public Bound andRate(long itemsASecond) {
    return new Bound(times, share, itemsASecond, p50, p99, tail, addedP50, costs);
  }

  public Bound andP50(double seconds) {
    return new Bound(times, share, rate, seconds, p99, tail, addedP50, costs);
  }

  public Bound andP99(double seconds) {
    return new Bound(times, share, rate, p50, seconds, tail, addedP50, costs);
  }

  /** This bound and a highest time that Bailiff adds to the baseline's p50. */
  public Bound andAddedP50(double seconds) {
    return new Bound(times, share, rate, p50, p99, tail, seconds, costs);
  }

  /** This bound and a highest cost of each item, or a highest value of another figure. */
  public Bound andCost(String what, double most) {
    Map<String, Double> more = new LinkedHashMap<>(costs);
    more.put(what, most);
    return new Bound(times, share, rate, p50, p99, tail, addedP50, more);
  }

  /** Whether the bound compares rates; otherwise it compares times. */
  boolean isOfRates() {
    return share > 0;
  }

  boolean isReachedBy(Measurement measured) {
    return isWithinRatio(measured)
        && isWithinTail(measured)
        && isWithinAdded(measured)
        && isWithinLatencies(measured.bailiff().latencies())
        && isWithinCosts(measured.notes().costs())
        && measured.rate() >= rate;
  }

  private boolean isWithinRatio(Measurement measured) {
    var baseline = measured.baseline();
    if (baseline == null) {
      return times == 0 && share == 0;
    }
    return (times == 0 || measured.bailiff().median() <= times * baseline.median())
        && (share == 0 || baseline.median() >= share * measured.bailiff().median());
  }

  private boolean isWithinTail(Measurement measured) {
    if (tail == 0) {
      return true;
    }
    var latencies = measured.bailiff().latencies();
    var baseline = measured.baseline();
    var others = baseline == null ? null : baseline.latencies();
    return latencies != null && others != null && latencies.p99() <= tail * others.p99();
  }

  private boolean isWithinAdded(Measurement measured) {
    if (addedP50 == 0) {
      return true;
    }
    var latencies = measured.bailiff().latencies();
    var baseline = measured.baseline();
    var others = baseline == null ? null : baseline.latencies();
    return latencies != null && others != null && latencies.p50() - others.p50() <= addedP50;
  }

  private boolean isWithinLatencies(@Nullable Latencies latencies) {
    if (latencies == null) {
      return p50 == 0 && p99 == 0;
    }
    return (p50 == 0 || latencies.p50() <= p50) && (p99 == 0 || latencies.p99() <= p99);
  }

  /** A cost that was not measured misses its bound. */
  private boolean isWithinCosts(Map<String, Double> measured) {
    return costs.entrySet().stream()
        .allMatch(cost -> measured.getOrDefault(cost.getKey(), Double.NaN) <= cost.getValue());
  }

  public String text() {
    List<String> parts = new ArrayList<>();
    add(parts, times, "≤ %s × the time", decimal(times));
    add(parts, share, "≥ %s × the rate", decimal(share));
    add(parts, tail, "p99 ≤ %.1f × its p99", tail);
    add(parts, (double) rate, "≥ %,d/s", rate);
    add(parts, p50, "p50 ≤ %.0f ms", p50 * 1e3);
    add(parts, p99, "p99 ≤ %.0f ms", p99 * 1e3);
    add(parts, addedP50, "p50 ≤ %.0f ms more", addedP50 * 1e3);
    costs.forEach((what, most) -> add(parts, most, "≤ %s " + what, shortest(most)));
    return parts.isEmpty() ? "done" : String.join(", ", parts);
  }

  /** With one decimal, or two if the second one is not zero. */
  private static String decimal(double value) {
    boolean isShort = Math.rint(value * 10) == value * 10;
    return String.format(Locale.ROOT, isShort ? "%.1f" : "%.2f", value);
  }

  /** Without decimals if it is a whole number. */
  private static String shortest(double value) {
    return Math.rint(value) == value ? String.format(Locale.ROOT, "%.0f", value) : decimal(value);
  }

  private static void add(List<String> parts, double bound, String format, Object value) {
    if (bound > 0) {
      parts.add(String.format(Locale.ROOT, format, value));
    }
  }
}
