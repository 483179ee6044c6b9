package dev.bailiff.worker.kind.history;

import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.history.HistoryPreparation;
import dev.bailiff.schemas.kind.PurgeHistoryParameters;
import dev.bailiff.worker.kind.PlanStage;
import dev.bailiff.worker.kind.StageCommit;
import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageServices;
import dev.bailiff.worker.kind.TargetPage;

/**
 * Fixes where the purge of each room ends, before the first event of the room is deleted. The end
 * is stored with the page. A page that comes twice fixes it anew; that changes nothing, because no
 * purge has begun.
 */
final class PlanHistoryStage extends PlanStage {

  PlanHistoryStage(StageServices services) {
    super(services, true);
  }

  /** Each room is locked until the page is committed, so a page has few rooms. */
  @Override
  public Batches batches() {
    return new Batches(20, 100);
  }

  @Override
  protected BatchOutcome planTargets(StageContext context, TargetPage page, StageCommit commit) {
    var given = context.parametersAs(PurgeHistoryParameters.class);
    var preparation =
        new HistoryPreparation(
            page.asTargets(),
            given.purgeUpToDepth(),
            given.purgeUpToEventId(),
            given.purgeUpToTs());
    return services().homeserver().history().prepareHistory(preparation, commit.map(page::settled));
  }
}
