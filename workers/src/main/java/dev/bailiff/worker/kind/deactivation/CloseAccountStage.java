package dev.bailiff.worker.kind.deactivation;

import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.deactivation.AccountClosing;
import dev.bailiff.schemas.kind.DeactivateUsersContract;
import dev.bailiff.schemas.kind.DeactivateUsersParameters;
import dev.bailiff.worker.kind.StageCommit;
import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageServices;
import dev.bailiff.worker.kind.TargetPage;
import dev.bailiff.worker.kind.TargetStage;

/**
 * Does every step of a deactivation except leaving rooms. Closing a closed account changes nothing,
 * so a page may come twice. If an identity server refuses, the user fails before anything of that
 * user is changed.
 */
final class CloseAccountStage extends TargetStage {

  CloseAccountStage(StageServices services) {
    super(DeactivateUsersContract.CLOSE_ACCOUNT, services, 200);
  }

  @Override
  public Batches batches() {
    return new Batches(50, 200);
  }

  @Override
  protected BatchOutcome workTargets(StageContext context, TargetPage page, StageCommit commit) {
    var erase = context.parametersAs(DeactivateUsersParameters.class).erase();
    return services()
        .homeserver()
        .deactivation()
        .closeAccounts(new AccountClosing(page.asTargets(), erase), commit.map(page::settled));
  }
}
