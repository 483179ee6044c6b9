package dev.bailiff.worker.kind.cleanup;

import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.worker.kind.StageCommit;
import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageServices;
import dev.bailiff.worker.kind.TargetPage;
import dev.bailiff.worker.kind.TargetStage;

/** Suspends the accounts. A suspended account is skipped, so a page may come twice. */
final class SuspendStage extends TargetStage {
  SuspendStage(StageServices services) {
    super("suspend", services, 200);
  }

  @Override
  public Batches batches() {
    return new Batches(50, 200);
  }

  @Override
  protected BatchOutcome workTargets(StageContext context, TargetPage page, StageCommit commit) {
    return services()
        .homeserver()
        .suspension()
        .suspend(page.asTargets(), commit.map(page::settled));
  }
}
