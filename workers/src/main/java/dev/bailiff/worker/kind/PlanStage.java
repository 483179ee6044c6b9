package dev.bailiff.worker.kind;

import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Fact;
import dev.bailiff.homeserver.batch.Snooze;
import dev.bailiff.job.store.JobTargets.OpenTarget;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * The first stage of kinds whose targets have to be prepared. Claims the targets if the kind owns
 * them. Claims are taken page by page in ascending order and kept, so that no two jobs wait for
 * each other. If another job holds a claim, the plan snoozes. Claiming a target again changes
 * nothing, so a page may be planned twice.
 */
public class PlanStage extends TargetStage {
  private static final Snooze CLAIM_WAIT = new Snooze(Duration.ofSeconds(1));

  private final boolean claims;

  public PlanStage(StageServices services, boolean claims) {
    super("plan", services, Integer.MAX_VALUE);
    this.claims = claims;
  }

  @Override
  public Batches batches() {
    return new Batches(500, 5000);
  }

  @Override
  protected final BatchOutcome workTargets(
      StageContext context, TargetPage page, StageCommit commit) {
    if (claims) {
      var ids = page.targets().stream().map(OpenTarget::id).toList();
      if (!services().targets().claim(context.id(), ids).isEmpty()) {
        return commit.record(BatchOutcome.snooze(page.here(), CLAIM_WAIT));
      }
    }
    return planTargets(context, page, commit);
  }

  /**
   * Finds facts about the targets before anything is done. The fact {@code known} states whether
   * the target exists. Without it, a job for a mistyped target would end like a success.
   */
  protected List<Fact> facts(StageContext context, TargetPage page) {
    return List.of();
  }

  /** The facts {@code known} of a page, on which some targets may be unknown. */
  protected static List<Fact> known(TargetPage page, Predicate<String> isUnknown) {
    return page.targets().stream()
        .map(
            target ->
                new Fact(target.number(), "known", Boolean.toString(!isUnknown.test(target.id()))))
        .toList();
  }

  /** The work of the kind before its other stages, beside the claims. */
  protected BatchOutcome planTargets(StageContext context, TargetPage page, StageCommit commit) {
    var facts = facts(context, page);
    return commit.record(
        new BatchOutcome(
            page.targets().size(), 0, List.of(), List.of(), facts, page.behind(), null));
  }
}
