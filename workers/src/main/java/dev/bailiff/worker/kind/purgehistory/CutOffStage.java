package dev.bailiff.worker.kind.purgehistory;

import dev.bailiff.homeserver.BatchOutcome;
import dev.bailiff.homeserver.Cursor;
import dev.bailiff.homeserver.HistoryPreparation;
import dev.bailiff.job.store.JobTargets.OpenTarget;
import dev.bailiff.schemas.command.PurgeHistoryParameters;
import dev.bailiff.worker.kind.PlanStage;
import dev.bailiff.worker.kind.StageCommit;
import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageServices;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fixes where the purge of each room ends, before its first event is gone. What was fixed is stored
 * with the page; a page that comes twice is fixed anew, which changes nothing as no purge has
 * begun.
 */
final class CutOffStage extends PlanStage {

  CutOffStage(StageServices services) {
    super(services, true);
  }

  /** Each room is locked until the page is committed: few at a time. */
  @Override
  public Batches batches() {
    return new Batches(20, 100);
  }

  @Override
  protected BatchOutcome planTargets(
      StageContext context, List<OpenTarget> page, @Nullable Cursor next, StageCommit commit) {
    var given = context.parametersAs(PurgeHistoryParameters.class);
    var preparation =
        new HistoryPreparation(
            targets(page), given.purgeUpToDepth(), given.purgeUpToEventId(), given.purgeUpToTs());
    return services()
        .homeserver()
        .prepareHistory(preparation, goingOnAt(next, commit))
        .withNext(next);
  }
}
