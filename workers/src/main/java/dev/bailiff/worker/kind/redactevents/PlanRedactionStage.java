package dev.bailiff.worker.kind.redactevents;

import dev.bailiff.homeserver.BatchOutcome;
import dev.bailiff.homeserver.Target;
import dev.bailiff.homeserver.TargetFact;
import dev.bailiff.job.store.JobTargets.OpenTarget;
import dev.bailiff.schemas.command.KindContract;
import dev.bailiff.schemas.command.RedactEventsContract;
import dev.bailiff.schemas.command.RedactEventsParameters;
import dev.bailiff.worker.kind.PlanStage;
import dev.bailiff.worker.kind.StageCommit;
import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageServices;
import dev.bailiff.worker.kind.TargetPage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Claims the users, and tells which of them, and of the rooms that were named, are not known. Of a
 * job of many users that names no rooms it stores the rooms that are meant; a page that comes twice
 * stores them once.
 */
final class PlanRedactionStage extends PlanStage {
  private static final int ROOMS_TOLD = 10;
  private static final int ROOMS_A_PAGE = 1000;

  PlanRedactionStage(StageServices services) {
    super(services, true);
  }

  @Override
  protected BatchOutcome planTargets(StageContext context, TargetPage page, StageCommit commit) {
    if (!storesRooms(context)) {
      return super.planTargets(context, page, commit);
    }
    var facts = facts(context, page);
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
    var planned = new BatchOutcome(settled, 0, List.of(), List.of(), facts, next, null);
    commit.record(planned);
    return planned;
  }

  private static boolean storesRooms(StageContext context) {
    return context.job().targetCount() > KindContract.MOST_FROZEN_AT_ACCEPTANCE
        && new RedactEventsContract()
            .freezesRooms(context.parametersAs(RedactEventsParameters.class));
  }

  /**
   * Stores a user's rooms until the deadline.
   *
   * @return behind which room to go on; null at the end
   */
  private @Nullable String storeRooms(
      StageContext context, OpenTarget user, @Nullable String behind) {
    var after = behind;
    List<String> rooms;
    do {
      rooms = services().homeserver().redactableRooms(user.id(), after, ROOMS_A_PAGE);
      if (!rooms.isEmpty()) {
        services().targets().addRooms(context.id(), user.number(), rooms);
        after = rooms.get(rooms.size() - 1);
      }
    } while (rooms.size() == ROOMS_A_PAGE && !context.deadline().isOver());
    return rooms.size() == ROOMS_A_PAGE ? after : null;
  }

  @Override
  protected List<TargetFact> facts(StageContext context, TargetPage page) {
    var homeserver = services().homeserver();
    var unknown =
        homeserver.unknownUsers(page.asTargets()).stream()
            .map(Target::id)
            .collect(Collectors.toSet());
    var facts = new ArrayList<>(known(page, unknown::contains));
    var rooms = context.parametersAs(RedactEventsParameters.class).rooms();
    if (rooms != null && !rooms.isEmpty()) {
      var unknownRooms = homeserver.unknownRooms(rooms);
      if (!unknownRooms.isEmpty()) {
        var told =
            String.join(" ", unknownRooms.subList(0, Math.min(ROOMS_TOLD, unknownRooms.size())));
        var rest = unknownRooms.size() > ROOMS_TOLD ? " …" : "";
        page.targets()
            .forEach(
                target -> facts.add(new TargetFact(target.number(), "unknown_rooms", told + rest)));
      }
    }
    return facts;
  }
}
