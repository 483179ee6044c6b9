package dev.bailiff.worker.kind.cleanup;

import dev.bailiff.homeserver.batch.Verdict;
import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageServices;
import dev.bailiff.worker.kind.TargetPage;
import dev.bailiff.worker.kind.VerifyStage;
import java.util.ArrayList;
import java.util.List;

/**
 * Has every step that was asked for checked, and makes one verdict of it for each target, whether
 * the steps were done or skipped for the target. The checks are those of the kinds that the steps
 * are made of. A check that gets to fewer targets than the others decides how many are settled; at
 * the next target the others do not check again what they found.
 */
final class VerifyStepsStage extends VerifyStage {
  private final List<Check> checks;

  /** The check of a step. */
  record Check(Step<?> step, VerifyStage stage) {}

  VerifyStepsStage(StageServices services, List<Check> checks) {
    super(services);
    this.checks = checks;
  }

  @Override
  public Batches batches() {
    return new Batches(20, 1000);
  }

  /** What a check found. */
  private record Found(Check check, Look look) {
    private int settled() {
      return look.verdicts().size();
    }
  }

  @Override
  public Look look(StageContext context, TargetPage page) {
    var asked = checks.stream().filter(check -> check.step().isAsked(context)).toList();
    var place = VerifyPlace.of(page.within());
    var found = new ArrayList<Found>();
    int settled = page.targets().size();
    for (var check : asked) {
      var deadline = context.deadline().shared(asked.size() - found.size());
      var inside = check.step().inside(context, deadline);
      var first = new TargetPage(page.targets().subList(0, settled), null, null);
      var one = new Found(check, look(check, inside, first, place));
      found.add(one);
      settled = Math.min(settled, one.settled());
      if (settled == 0) {
        break;
      }
    }
    var verdicts = new ArrayList<Verdict>();
    for (int n = 0; n < settled; n++) {
      verdicts.add(merged(page.targets().get(n).number(), n, found));
    }
    return Look.of(verdicts, settled == page.targets().size() ? null : at(settled, found).text());
  }

  /** Checks targets, the first of them from the place at which an earlier call stopped. */
  private static Look look(Check check, StageContext inside, TargetPage page, VerifyPlace place) {
    var name = check.step().name();
    var known = place.found(name, page.first().number());
    if (known.isEmpty()) {
      return check.stage().look(inside, new TargetPage(page.targets(), place.within(name), null));
    }
    var verdicts = new ArrayList<>(List.of(known.get()));
    var rest = page.targets().subList(1, page.targets().size());
    if (rest.isEmpty()) {
      return Look.of(verdicts);
    }
    var look = check.stage().look(inside, new TargetPage(rest, null, null));
    verdicts.addAll(look.verdicts());
    return Look.of(verdicts, look.within());
  }

  /** Where the next call goes on: what is known of the first target that is not settled. */
  private static VerifyPlace at(int settled, List<Found> found) {
    var place = VerifyPlace.start();
    for (var one : found) {
      var name = one.check().step().name();
      place =
          one.settled() > settled
              ? place.withFound(name, one.look().verdicts().get(settled))
              : place.withPlace(name, one.look().within());
    }
    return place;
  }

  private static Verdict merged(int target, int n, List<Found> found) {
    var word = Verdict.Word.GONE;
    var things = new ArrayList<String>();
    for (var one : found) {
      var verdict = one.look().verdicts().get(n);
      var step = one.check().step().name() + ": ";
      boolean unknown = verdict.word() == Verdict.Word.UNKNOWN;
      verdict.leftOver().forEach(thing -> things.add(step + (unknown ? "unknown: " : "") + thing));
      // What is left over weighs more than what is not known.
      if (verdict.word() == Verdict.Word.LEFT_OVER || word == Verdict.Word.GONE) {
        word = verdict.word();
      }
    }
    return new Verdict(target, word, things);
  }
}
