package dev.bailiff.worker.kind;

import dev.bailiff.homeserver.BatchOutcome;
import dev.bailiff.homeserver.Later;
import dev.bailiff.job.store.JobTargets.OpenTarget;
import java.time.Duration;

/**
 * The first stage of every kind: claims the targets where the kind owns them. Claims are taken page
 * by page in ascending order and kept, so that no two jobs wait for each other; a taken claim
 * snoozes the plan. Claiming what is claimed already changes nothing, so a page may be planned
 * twice.
 */
public class PlanStage extends TargetStage {
  private static final Later CLAIM_WAIT = new Later(Duration.ofSeconds(1));

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
        var wait = BatchOutcome.later(page.here(), CLAIM_WAIT);
        commit.record(wait);
        return wait;
      }
    }
    return planTargets(context, page, commit);
  }

  /** What else the kind does before its other stages. */
  protected BatchOutcome planTargets(StageContext context, TargetPage page, StageCommit commit) {
    var planned = BatchOutcome.of(page.targets().size(), 0, page.behind());
    commit.record(planned);
    return planned;
  }
}
