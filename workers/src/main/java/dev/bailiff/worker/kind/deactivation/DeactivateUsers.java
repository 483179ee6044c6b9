package dev.bailiff.worker.kind.deactivation;

import dev.bailiff.schemas.kind.DeactivateUsersContract;
import dev.bailiff.worker.kind.KindDefinition;
import dev.bailiff.worker.kind.PlanStage;
import dev.bailiff.worker.kind.Stage;
import dev.bailiff.worker.kind.StageServices;
import java.util.List;

/**
 * close-account → leave-rooms → verify. Waiting callers get their answer after close-account. Jobs
 * of the previous release begin with a plan that does nothing.
 */
public final class DeactivateUsers implements KindDefinition {

  @Override
  public String kind() {
    return DeactivateUsersContract.KIND;
  }

  @Override
  public List<Stage> stages(StageServices services) {
    return List.of(
        new PlanStage(services, false),
        new CloseAccountStage(services),
        new LeaveRoomsStage(services),
        new VerifyAccountsStage(services));
  }
}
