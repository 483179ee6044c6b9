package dev.bailiff.worker.kind.cleanup;

import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.worker.kind.Stage;
import dev.bailiff.worker.kind.StageCommit;
import dev.bailiff.worker.kind.StageContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The purge, of which the plan refuses rooms with local members. A room that is refused there gets
 * no segment, and would fail without a verdict. It is left to {@code close-room}, which refuses it
 * too, and says so.
 */
record QuietPlanStage(Stage stage) implements Stage {
  @Override
  public String name() {
    return stage.name();
  }

  @Override
  public Batches batches() {
    return stage.batches();
  }

  @Override
  public PlanPage plan(StageContext context, @Nullable Cursor after) {
    var page = stage.plan(context, after);
    return new PlanPage(page.segments(), List.of(), page.next());
  }

  @Override
  public BatchOutcome work(
      StageContext context, String range, @Nullable Cursor after, int size, StageCommit commit) {
    return stage.work(context, range, after, size, commit);
  }

  @Override
  public Remaining remaining(StageContext context, String range, @Nullable Cursor after, int size) {
    return stage.remaining(context, range, after, size);
  }
}
