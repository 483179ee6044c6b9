package dev.bailiff.worker.kind.cleanup;

import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageServices;
import dev.bailiff.worker.kind.TargetPage;
import dev.bailiff.worker.kind.VerifyStage;

/** Checks whether any of the accounts can still write. */
final class VerifySuspensionStage extends VerifyStage {
  VerifySuspensionStage(StageServices services) {
    super(services);
  }

  @Override
  public Look look(StageContext context, TargetPage page) {
    return Look.of(services().homeserver().suspension().verifySuspended(page.asTargets()));
  }
}
