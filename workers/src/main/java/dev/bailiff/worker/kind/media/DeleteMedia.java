package dev.bailiff.worker.kind.media;

import dev.bailiff.schemas.kind.DeleteMediaContract;
import dev.bailiff.worker.kind.KindDefinition;
import dev.bailiff.worker.kind.Stage;
import dev.bailiff.worker.kind.StageServices;
import java.util.List;

/**
 * plan → keep-profiles → delete → verify. Claims nothing: if two jobs select the same medium, one
 * deletes it and the other skips it.
 */
public final class DeleteMedia implements KindDefinition {

  @Override
  public String kind() {
    return DeleteMediaContract.KIND;
  }

  @Override
  public List<Stage> stages(StageServices services) {
    return List.of(
        new PlanMediaStage(services),
        new KeepProfilesStage(services),
        new DeleteStage(services),
        new VerifyMediaStage(services));
  }

  @Override
  public boolean needsMediaFolder() {
    return true;
  }
}
