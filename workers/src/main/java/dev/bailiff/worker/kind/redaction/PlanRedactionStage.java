package dev.bailiff.worker.kind.redaction;

import dev.bailiff.homeserver.batch.Fact;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.schemas.kind.RedactEventsParameters;
import dev.bailiff.worker.kind.PlanStage;
import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageServices;
import dev.bailiff.worker.kind.TargetPage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Claims the users, and reports which users and which named rooms are not known. */
final class PlanRedactionStage extends PlanStage {
  private static final int MOST_NAMED_ROOMS = 10;

  PlanRedactionStage(StageServices services) {
    super(services, true);
  }

  @Override
  protected List<Fact> facts(StageContext context, TargetPage page) {
    var homeserver = services().homeserver();
    var unknown =
        homeserver.unknownUsers(page.asTargets()).stream()
            .map(Target::id)
            .collect(Collectors.toSet());
    var facts = new ArrayList<>(known(page, unknown::contains));
    var parameters = context.parametersAs(RedactEventsParameters.class);
    var rooms = parameters.rooms();
    if (rooms != null && !parameters.meansRoomsAtAcceptance()) {
      var unknownRooms = homeserver.unknownRooms(rooms);
      if (!unknownRooms.isEmpty()) {
        int most = Math.min(MOST_NAMED_ROOMS, unknownRooms.size());
        var named = String.join(" ", unknownRooms.subList(0, most));
        var rest = unknownRooms.size() > MOST_NAMED_ROOMS ? " …" : "";
        page.targets()
            .forEach(target -> facts.add(new Fact(target.number(), "unknown_rooms", named + rest)));
      }
    }
    return facts;
  }
}
