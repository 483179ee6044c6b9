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
  private static final int ROOMS_TOLD = 10;

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
    var rooms = context.parametersAs(RedactEventsParameters.class).rooms();
    if (rooms != null && !rooms.isEmpty()) {
      var unknownRooms = homeserver.unknownRooms(rooms);
      if (!unknownRooms.isEmpty()) {
        var told =
            String.join(" ", unknownRooms.subList(0, Math.min(ROOMS_TOLD, unknownRooms.size())));
        var rest = unknownRooms.size() > ROOMS_TOLD ? " …" : "";
        page.targets()
            .forEach(target -> facts.add(new Fact(target.number(), "unknown_rooms", told + rest)));
      }
    }
    return facts;
  }
}
