package dev.bailiff.worker.kind.history;

import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.history.HistoryScope;
import dev.bailiff.job.store.JobTargets.OpenTarget;
import dev.bailiff.schemas.kind.PurgeHistoryParameters;
import dev.bailiff.worker.kind.StageContext;
import java.util.Optional;

/** Finds the scope of the purge of each room. */
final class HistoryScopes {
  private static final String CUT_OFF = "cut_off";

  private HistoryScopes() {}

  /** Empty for a room that has nothing to purge. */
  static Optional<HistoryScope> of(StageContext context, OpenTarget room) {
    boolean localEvents =
        Boolean.TRUE.equals(context.parametersAs(PurgeHistoryParameters.class).deleteLocalEvents());
    return Optional.ofNullable(room.facts().get(CUT_OFF))
        .map(cutOff -> new HistoryScope(new Target(room.number(), room.id()), cutOff, localEvents));
  }
}
