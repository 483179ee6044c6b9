package dev.bailiff.worker.kind.redaction;

import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.job.store.JobTargets.OpenTarget;
import dev.bailiff.schemas.kind.KindContract;
import dev.bailiff.schemas.kind.RedactEventsContract;
import dev.bailiff.schemas.kind.RedactEventsParameters;
import dev.bailiff.worker.kind.StageCommit;
import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageServices;
import dev.bailiff.worker.kind.TargetPage;
import dev.bailiff.worker.kind.TargetStage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first stage of a job of many users that names no rooms: stores the rooms to redact in. A page
 * that comes twice stores them once.
 */
final class FindRoomsStage extends TargetStage {
  private static final int ROOMS_A_PAGE = 1000;

  FindRoomsStage(StageServices services) {
    super(KindContract.FIND_ROOMS, services, Integer.MAX_VALUE);
  }

  /** Nothing to find if the job names its rooms. */
  @Override
  public PlanPage plan(StageContext context, @Nullable Cursor after) {
    return context.parametersAs(RedactEventsParameters.class).meansRoomsAtAcceptance()
        ? super.plan(context, after)
        : PlanPage.EMPTY;
  }

  @Override
  protected BatchOutcome workTargets(StageContext context, TargetPage page, StageCommit commit) {
    int settled = 0;
    var within = page.within();
    for (var user : page.targets()) {
      if (settled > 0 && context.deadline().isOver()) {
        break;
      }
      within = storeRooms(context, user, within);
      if (within != null) {
        break;
      }
      settled++;
    }
    var next =
        settled == page.targets().size()
            ? page.behind()
            : TargetPage.inside(page.targets().get(settled), within);
    return commit.record(BatchOutcome.of(settled, 0, next));
  }

  /**
   * Stores a user's rooms until the deadline.
   *
   * @return the room after which to go on; null at the end
   */
  private @Nullable String storeRooms(
      StageContext context, OpenTarget user, @Nullable String behind) {
    var redaction = services().homeserver().redaction();
    boolean every = context.parametersAs(RedactEventsParameters.class).meansEveryRoom();
    var after = behind;
    List<String> rooms;
    do {
      rooms =
          every
              ? redaction.writtenRooms(user.id(), after, ROOMS_A_PAGE)
              : redaction.redactableRooms(user.id(), after, ROOMS_A_PAGE);
      if (!rooms.isEmpty()) {
        services()
            .targets()
            .addItems(context.id(), user.number(), RedactEventsContract.ROOMS, rooms);
        after = rooms.get(rooms.size() - 1);
      }
    } while (rooms.size() == ROOMS_A_PAGE && !context.deadline().isOver());
    return rooms.size() == ROOMS_A_PAGE ? after : null;
  }
}
