package dev.bailiff.worker.kind.deleterooms;

import dev.bailiff.homeserver.Verdict;
import dev.bailiff.job.store.JobTargets.OpenTarget;
import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageServices;
import dev.bailiff.worker.kind.VerifyStage;
import java.util.List;

/** Looks whether members, and after a purge everything else, are gone. */
final class VerifyRoomsStage extends VerifyStage {

  VerifyRoomsStage(StageServices services) {
    super(services);
  }

  @Override
  protected List<Verdict> verify(StageContext context, List<OpenTarget> page) {
    return services().homeserver().verifyRooms(targets(page), Choices.of(context).purge());
  }
}
