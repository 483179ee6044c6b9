package dev.bailiff.worker.kind.redaction;

import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.redaction.EventConditions;
import dev.bailiff.homeserver.redaction.RedactionScope;
import dev.bailiff.job.store.JobTargets;
import dev.bailiff.schemas.kind.RedactEventsContract;
import dev.bailiff.schemas.kind.RedactEventsParameters;
import dev.bailiff.worker.kind.StageContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rooms of a user, page by page: the named rooms, or the rooms stored when the job was
 * accepted. Named rooms come in list order; a room that is named twice comes once.
 */
record ScopePages(JobTargets targets, int pageSize) {
  /**
   * A page of rooms.
   *
   * @param next the room after which the next page begins; null at the end
   */
  record Page(RedactionScope scope, @Nullable String next) {}

  Page page(StageContext context, Target user, @Nullable String after) {
    var parameters = context.parametersAs(RedactEventsParameters.class);
    var named = parameters.rooms();
    var rooms =
        named == null || parameters.meansRoomsAtAcceptance()
            ? targets.items(
                context.id(), user.number(), RedactEventsContract.ROOMS, after, pageSize)
            : behind(named, after);
    var next = rooms.size() < pageSize ? null : rooms.get(rooms.size() - 1);
    var conditions =
        EventConditions.of(
            parameters.types(), parameters.earliest(), parameters.latest(), parameters.contains());
    return new Page(new RedactionScope(user, rooms, parameters.mostPerRoom(), conditions), next);
  }

  private List<String> behind(List<String> named, @Nullable String after) {
    var distinct = named.stream().distinct().toList();
    int from = after == null ? 0 : distinct.indexOf(after) + 1;
    return distinct.subList(from, Math.min(distinct.size(), from + pageSize));
  }
}
