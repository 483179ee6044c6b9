package dev.bailiff.worker.kind.redaction;

import dev.bailiff.schemas.kind.RedactEventsContract;
import dev.bailiff.worker.kind.KindDefinition;
import dev.bailiff.worker.kind.Stage;
import dev.bailiff.worker.kind.StageServices;
import java.util.List;

/** plan (claims the users) → redact → verify; a job of many users begins with find-rooms. */
public final class RedactEvents implements KindDefinition {

  @Override
  public String kind() {
    return RedactEventsContract.KIND;
  }

  @Override
  public List<Stage> stages(StageServices services) {
    return List.of(
        new FindRoomsStage(services),
        new PlanRedactionStage(services),
        new RedactStage(services),
        new VerifyRedactionStage(services));
  }
}
