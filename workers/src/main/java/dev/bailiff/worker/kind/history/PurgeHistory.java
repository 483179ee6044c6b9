package dev.bailiff.worker.kind.history;

import dev.bailiff.schemas.kind.PurgeHistoryContract;
import dev.bailiff.worker.kind.KindDefinition;
import dev.bailiff.worker.kind.Stage;
import dev.bailiff.worker.kind.StageServices;
import java.util.List;

/** plan (claims, fixes where each purge ends) → purge → verify. */
public final class PurgeHistory implements KindDefinition {

  @Override
  public String kind() {
    return PurgeHistoryContract.KIND;
  }

  @Override
  public List<Stage> stages(StageServices services) {
    return List.of(
        new PlanHistoryStage(services),
        new PurgeHistoryStage(services),
        new VerifyHistoryStage(services));
  }
}
