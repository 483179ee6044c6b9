package dev.bailiff.worker.kind.cleanup;

import dev.bailiff.worker.kind.KindDefinition;
import dev.bailiff.worker.kind.Stage;
import dev.bailiff.worker.kind.StageServices;
import dev.bailiff.worker.kind.VerifyStage;
import java.util.List;

/** The stages of another kind, by their names. */
record StagesOfKind(String kind, List<Stage> stages) {

  static StagesOfKind of(KindDefinition kind, StageServices services) {
    return new StagesOfKind(kind.kind(), kind.stages(services));
  }

  Stage named(String name) {
    return stages.stream()
        .filter(stage -> stage.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(kind + " has no stage " + name));
  }

  VerifyStage verify() {
    return (VerifyStage) named("verify");
  }
}
