package dev.bailiff.gateway.job.submit;

import dev.bailiff.counting.CountingTools;
import dev.bailiff.counting.KindCounters;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.counting.Counted;
import dev.bailiff.homeserver.counting.CountingPort;
import dev.bailiff.homeserver.counting.Numbers;
import dev.bailiff.job.JobView;
import dev.bailiff.job.KindContracts;
import dev.bailiff.job.store.JobTargets;
import dev.bailiff.job.store.PlanReader;
import dev.bailiff.schemas.api.PlanReply.LeftOutReply;
import dev.bailiff.schemas.api.RunReply.ChangedReply;
import dev.bailiff.schemas.api.RunReply.FilterFindsReply;
import dev.bailiff.schemas.filter.FilterReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts the targets of a plan once more, for about two seconds at most: a caller waits. Of a large
 * plan only the first targets are looked at.
 */
public final class PlanChanges {
  private static final int MOST_TARGETS = 1_000;
  private static final int TARGETS_A_CALL = 100;
  private static final int MOST_NAMED = 20;
  private static final Duration COUNTING = Duration.ofMillis(1_500);
  private static final Duration FILTERING = Duration.ofMillis(500);

  private final KindContracts kinds;
  private final KindCounters counters;
  private final CountingPort counting;
  private final Filters filters;
  private final PlanReader plans;
  private final JobTargets targets;

  public PlanChanges(
      KindContracts kinds,
      CountingPort counting,
      Filters filters,
      PlanReader plans,
      JobTargets targets) {
    this.kinds = kinds;
    this.counters = KindCounters.load();
    this.counting = counting;
    this.filters = filters;
    this.plans = plans;
    this.targets = targets;
  }

  /** What changed since a dry run ended. */
  ChangedReply since(JobView plan) {
    var before = plans.find(plan.id());
    long planned = plan.targetCount() - before.leftOut();
    try {
      var ids = firstTargets(plan);
      var now = count(plan, ids);
      boolean all = now.targets() == planned;
      return new ChangedReply(
          now.targets(),
          all,
          now.leftOut().size(),
          now.leftOut().stream()
              .limit(MOST_NAMED)
              .map(left -> new LeftOutReply(ids.get(left.target()), left.reason()))
              .toList(),
          before.numbers().known(),
          all ? now.numbers().known() : null,
          unknown(before.numbers()),
          filterFinds(plan),
          null);
    } catch (HomeserverUnavailableException | ApiException e) {
      // The plan is what counts: a job is accepted while the homeserver is away, and waits for it.
      return new ChangedReply(
          0,
          false,
          0,
          List.of(),
          before.numbers().known(),
          null,
          unknown(before.numbers()),
          null,
          "the homeserver could not be asked");
    }
  }

  private static List<String> unknown(Numbers numbers) {
    return List.copyOf(numbers.unknown());
  }

  private List<String> firstTargets(JobView plan) {
    var ids = new ArrayList<String>();
    try (var reading = plans.targets(plan.id()).open()) {
      ids.addAll(reading.next(MOST_TARGETS));
    }
    return ids;
  }

  /** Counts until the time is over. The numbers of the targets are their places in the list. */
  private Counted count(JobView plan, List<String> ids) {
    long end = System.nanoTime() + COUNTING.toNanos();
    var parameters = KindContracts.parameters(kinds.require(plan.kind()), plan.parameters());
    var tools =
        new CountingTools(
            counting,
            (number, list, after, limit) ->
                targets.items(plan.id(), numberInPlan(plan, ids.get(number)), list, after, limit));
    var sum = Counted.NONE;
    while (sum.targets() < ids.size() && (sum.targets() == 0 || System.nanoTime() - end < 0)) {
      var some = new ArrayList<Target>();
      for (int n = sum.targets(); n < ids.size() && some.size() < TARGETS_A_CALL; n++) {
        some.add(new Target(n, ids.get(n)));
      }
      sum = sum.plus(counters.count(plan.kind().name(), parameters, some, tools));
    }
    return sum;
  }

  private int numberInPlan(JobView plan, String target) {
    return targets.number(plan.id(), target).orElseThrow();
  }

  private @Nullable FilterFindsReply filterFinds(JobView plan) {
    var filter = plan.origin().filter();
    if (filter == null) {
      return null;
    }
    var type = kinds.require(plan.kind()).targetType();
    var count = filters.selection().count(FilterReader.stored(type, filter), 0, FILTERING);
    return new FilterFindsReply(count.count(), count.exact());
  }
}
