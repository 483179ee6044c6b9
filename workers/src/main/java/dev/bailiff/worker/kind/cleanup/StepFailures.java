package dev.bailiff.worker.kind.cleanup;

import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Fact;
import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.job.store.JobTargets.OpenTarget;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.function.Predicate;

/**
 * What a failure in a step means for its target. The target does not fail in the sense of the
 * engine, because it would get no verdict. Facts keep later stages from it instead:
 *
 * <ul>
 *   <li>{@code failed_<step>}: the error code of a failure in the step
 *   <li>{@code skipped_after}: the step after which the target is left alone
 * </ul>
 *
 * @param step name of the step
 * @param skipsTargets whether later steps leave the target alone
 */
record StepFailures(String step, boolean skipsTargets) {
  private static final String FAILED = "failed_";
  private static final String SKIPPED_AFTER = "skipped_after";

  /** Targets that no step before this one has failed for, or that go on all the same. */
  static Predicate<OpenTarget> reaching(String step) {
    return target -> {
      var skippedAfter = target.facts().get(SKIPPED_AFTER);
      return skippedAfter == null || skippedAfter.equals(step);
    };
  }

  /** Targets for which this step has not failed so far. */
  static Predicate<OpenTarget> without(String step) {
    return target -> !target.facts().containsKey(FAILED + step);
  }

  /** The outcome with facts in place of failed targets. */
  BatchOutcome asFacts(BatchOutcome outcome) {
    if (outcome.failures().isEmpty()) {
      return outcome;
    }
    var codes = new LinkedHashMap<Integer, String>();
    outcome.failures().forEach(failure -> codes.put(failure.target(), failure.code()));
    var facts = new ArrayList<>(outcome.facts());
    codes.forEach(
        (target, code) -> {
          facts.add(new Fact(target, FAILED + step, code));
          if (skipsTargets) {
            facts.add(new Fact(target, SKIPPED_AFTER, step));
          }
        });
    return new BatchOutcome(
        outcome.done(),
        outcome.skipped(),
        withoutTargets(outcome).failures(),
        outcome.listEntries(),
        facts,
        outcome.next(),
        outcome.snooze(),
        outcome.effects());
  }

  /** The outcome with failures that concern their items alone. */
  static BatchOutcome withoutTargets(BatchOutcome outcome) {
    return new BatchOutcome(
        outcome.done(),
        outcome.skipped(),
        outcome.failures().stream().map(StepFailures::ofItem).toList(),
        outcome.listEntries(),
        outcome.facts(),
        outcome.next(),
        outcome.snooze(),
        outcome.effects());
  }

  private static Failure ofItem(Failure failure) {
    return new Failure(
        failure.item(), failure.target(), false, failure.status(), failure.code(), failure.text());
  }
}
