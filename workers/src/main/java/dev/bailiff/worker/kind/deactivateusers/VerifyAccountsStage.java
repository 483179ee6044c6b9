package dev.bailiff.worker.kind.deactivateusers;

import dev.bailiff.homeserver.Verdict;
import dev.bailiff.job.store.JobTargets.OpenTarget;
import dev.bailiff.schemas.command.DeactivateUsersParameters;
import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageServices;
import dev.bailiff.worker.kind.VerifyStage;
import java.util.List;

/** Looks whether tokens, devices, rooms … of the users are gone. */
final class VerifyAccountsStage extends VerifyStage {

  VerifyAccountsStage(StageServices services) {
    super(services);
  }

  @Override
  protected List<Verdict> verify(StageContext context, List<OpenTarget> page) {
    var erase = context.parametersAs(DeactivateUsersParameters.class).erase();
    return services().homeserver().verifyAccounts(targets(page), erase);
  }
}
