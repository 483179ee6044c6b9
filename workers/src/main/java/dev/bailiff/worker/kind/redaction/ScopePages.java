package dev.bailiff.worker.kind.redaction;

import dev.bailiff.homeserver.batch.Target;
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
  private static final int DEFAULT_LIMIT = 1000;

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
        named == null || named.isEmpty()
            ? targets.items(
                context.id(), user.number(), RedactEventsContract.ROOMS, after, pageSize)
            : behind(named, after);
    var next = rooms.size() < pageSize ? null : rooms.get(rooms.size() - 1);
    return new Page(
        new RedactionScope(
            user,
            rooms,
            limit(parameters.limit()),
            time(parameters.afterTs()),
            time(parameters.beforeTs())),
        next);
  }

  private List<String> behind(List<String> named, @Nullable String after) {
    var distinct = named.stream().distinct().toList();
    int from = after == null ? 0 : distinct.indexOf(after) + 1;
    return distinct.subList(from, Math.min(distinct.size(), from + pageSize));
  }

  private static Integer limit(@Nullable Integer limit) {
    return limit == null || limit == 0 ? DEFAULT_LIMIT : limit;
  }

  /** A call of the admin API may send 0 for no bound, as Synapse's clients do (admin-api 4.34). */
  private static @Nullable Long time(@Nullable Long millis) {
    return millis == null || millis == 0 ? null : millis;
  }
}
