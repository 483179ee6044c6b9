package dev.bailiff.worker.kind.deactivation;

import dev.bailiff.schemas.kind.DeactivateUsersParameters;
import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageServices;
import dev.bailiff.worker.kind.TargetPage;
import dev.bailiff.worker.kind.VerifyStage;

/** Checks whether the users' tokens, devices, rooms … are gone. */
final class VerifyAccountsStage extends VerifyStage {

  VerifyAccountsStage(StageServices services) {
    super(services);
  }

  /** The whole check is one statement. */
  @Override
  public boolean joinsStageBefore() {
    return true;
  }

  @Override
  public Look look(StageContext context, TargetPage page) {
    var erase = context.parametersAs(DeactivateUsersParameters.class).erase();
    return Look.of(services().homeserver().deactivation().verifyAccounts(page.asTargets(), erase));
  }
}
