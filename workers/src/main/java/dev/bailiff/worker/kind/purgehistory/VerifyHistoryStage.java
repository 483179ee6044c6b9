package dev.bailiff.worker.kind.purgehistory;

import dev.bailiff.homeserver.Verdict;
import dev.bailiff.job.store.JobTargets.OpenTarget;
import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageServices;
import dev.bailiff.worker.kind.VerifyStage;
import java.util.List;

/** Looks whether anything below the cut-off is left that should be deleted or detached. */
final class VerifyHistoryStage extends VerifyStage {

  VerifyHistoryStage(StageServices services) {
    super(services);
  }

  /** Each room is a look of its own; a few keep a batch short. */
  @Override
  public Batches batches() {
    return new Batches(20, 200);
  }

  @Override
  protected List<Verdict> verify(StageContext context, List<OpenTarget> page) {
    return page.stream()
        .map(
            room ->
                HistoryScopes.of(context, room)
                    .map(services().homeserver()::verifyHistory)
                    .orElseGet(() -> new Verdict(room.number(), List.of())))
        .toList();
  }
}
