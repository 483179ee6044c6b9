package dev.bailiff.worker.kind.history;

import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageServices;
import dev.bailiff.worker.kind.TargetPage;
import dev.bailiff.worker.kind.VerifyStage;
import java.util.List;

/** Checks whether anything below the cut-off is left that should be deleted or detached. */
final class VerifyHistoryStage extends VerifyStage {

  VerifyHistoryStage(StageServices services) {
    super(services);
  }

  /** Each room is checked on its own; few rooms keep a batch short. */
  @Override
  public Batches batches() {
    return new Batches(20, 200);
  }

  @Override
  public Look look(StageContext context, TargetPage page) {
    return eachOf(
        context,
        page,
        (room, within) ->
            LookAtOne.found(
                HistoryScopes.of(context, room)
                    .map(scope -> services().homeserver().history().verifyHistory(scope).leftOver())
                    .orElse(List.of())));
  }
}
