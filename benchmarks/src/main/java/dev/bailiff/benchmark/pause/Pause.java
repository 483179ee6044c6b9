package dev.bailiff.benchmark.pause;

import dev.bailiff.worker.kind.KindDefinition;
import dev.bailiff.worker.kind.PlanStage;
import dev.bailiff.worker.kind.Stage;
import dev.bailiff.worker.kind.StageServices;
import java.util.List;

/** The kind {@code pause}, with the stages plan → no-op → pause. */
public final class Pause implements KindDefinition {

  @Override
  public String kind() {
    return PauseContract.KIND;
  }

  @Override
  public List<Stage> stages(StageServices services) {
    return List.of(
        new PlanStage(services, false),
        new PauseStage("no-op", true),
        new PauseStage("pause", false));
  }
}
