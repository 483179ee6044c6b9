package dev.bailiff.worker.kind.cleanup;

import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageServices;
import dev.bailiff.worker.kind.TargetPage;
import dev.bailiff.worker.kind.VerifyStage;

/** Checks whether any of the rooms may still be joined. */
final class VerifyBlockStage extends VerifyStage {
  VerifyBlockStage(StageServices services) {
    super(services);
  }

  @Override
  public Look look(StageContext context, TargetPage page) {
    return Look.of(services().homeserver().roomDeletion().verifyBlocked(page.asTargets()));
  }
}
