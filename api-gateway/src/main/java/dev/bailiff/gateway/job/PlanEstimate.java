package dev.bailiff.gateway.job;

import dev.bailiff.homeserver.counting.Numbers;
import dev.bailiff.job.JobPlan.MeasuredRate;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How long the run of a plan would take, by how fast the jobs of its kind went on this server.
 *
 * @param seconds null if nothing is known to tell it from
 * @param basis what the estimate comes from, or why there is none
 */
record PlanEstimate(@Nullable Long seconds, String basis) {

  /**
   * An estimate.
   *
   * @param items names of the numbers whose sum is about the number of items
   * @param maxRate items a second at most; null for no bound
   * @param measured empty if no job of the kind has completed
   */
  static PlanEstimate of(
      Numbers numbers,
      Set<String> items,
      @Nullable Integer maxRate,
      Optional<MeasuredRate> measured) {
    if (items.isEmpty()) {
      return new PlanEstimate(null, "the items of this kind are not counted");
    }
    var missing = items.stream().filter(numbers.unknown()::contains).sorted().toList();
    if (!missing.isEmpty()) {
      return new PlanEstimate(
          null, "the homeserver does not tell how many " + missing.get(0) + " there are");
    }
    if (measured.isEmpty()) {
      return new PlanEstimate(null, "no job of this kind has completed here yet");
    }
    long count = items.stream().mapToLong(name -> numbers.known().getOrDefault(name, 0L)).sum();
    var rate = measured.get();
    double fastest = rate.itemsASecond();
    double allowed = maxRate == null ? fastest : Math.min(fastest, maxRate);
    return new PlanEstimate(
        (long) Math.ceil(count / allowed), words(count, rate, fastest > allowed ? maxRate : null));
  }

  private static String words(long items, MeasuredRate rate, @Nullable Integer bound) {
    var measured =
        String.format(
            Locale.ROOT,
            "%d items at %.1f a second, as %s of this kind worked %d items in %.1f s",
            items,
            rate.itemsASecond(),
            rate.jobs() == 1 ? "1 job" : rate.jobs() + " jobs",
            rate.items(),
            rate.seconds());
    return bound == null ? measured : measured + "; at most " + bound + " a second, as asked";
  }
}
