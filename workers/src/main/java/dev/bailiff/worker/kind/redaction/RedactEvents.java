package dev.bailiff.worker.kind.redaction;

import dev.bailiff.schemas.kind.RedactEventsContract;
import dev.bailiff.schemas.kind.RedactEventsParameters;
import dev.bailiff.worker.kind.DeleteUnusedMediaStage;
import dev.bailiff.worker.kind.FindUsedMediaStage;
import dev.bailiff.worker.kind.KindDefinition;
import dev.bailiff.worker.kind.NoteMediaStage;
import dev.bailiff.worker.kind.Stage;
import dev.bailiff.worker.kind.StageServices;
import java.util.List;
import java.util.Set;

/**
 * plan (claims the users) → redact → verify; a job of many users begins with find-rooms. If media
 * go along, note-media stands before redact, and find-used-media and delete-media behind it.
 */
public final class RedactEvents implements KindDefinition {
  private static final Set<String> OF_MEDIA =
      Set.of(NoteMediaStage.NAME, FindUsedMediaStage.NAME, DeleteUnusedMediaStage.NAME);

  @Override
  public String kind() {
    return RedactEventsContract.KIND;
  }

  @Override
  public List<Stage> stages(StageServices services) {
    return List.of(
        new FindRoomsStage(services),
        new PlanRedactionStage(services),
        new NoteRedactedMediaStage(services),
        new RedactStage(services),
        new FindUsedMediaStage(services, NoteRedactedMediaStage::isWanted),
        new DeleteUnusedMediaStage(services, NoteRedactedMediaStage::isWanted),
        new VerifyRedactionStage(services));
  }

  @Override
  public Set<String> optionalStages() {
    return OF_MEDIA;
  }

  @Override
  public boolean needsOptionalStages(Record parameters) {
    return ((RedactEventsParameters) parameters).deletesShownMedia();
  }
}
