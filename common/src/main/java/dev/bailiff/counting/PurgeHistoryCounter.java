package dev.bailiff.counting;

import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.counting.Counted;
import dev.bailiff.homeserver.counting.CountingPort;
import dev.bailiff.homeserver.history.HistoryPreparation;
import dev.bailiff.schemas.kind.PurgeHistoryContract;
import dev.bailiff.schemas.kind.PurgeHistoryParameters;
import java.util.List;
import java.util.Set;

/** {@code purge-history}: rooms, and their events that would be deleted or detached. */
public final class PurgeHistoryCounter implements KindCounter<PurgeHistoryParameters> {

  @Override
  public String kind() {
    return PurgeHistoryContract.KIND;
  }

  @Override
  public Class<PurgeHistoryParameters> parameters() {
    return PurgeHistoryParameters.class;
  }

  @Override
  public Set<String> items() {
    return Set.of(CountingPort.EVENTS);
  }

  @Override
  public Counted count(
      PurgeHistoryParameters parameters, List<Target> targets, CountingTools tools) {
    return tools
        .homeserver()
        .history(
            new HistoryPreparation(
                targets,
                parameters.purgeUpToDepth(),
                parameters.purgeUpToEventId(),
                parameters.purgeUpToTs()),
            Boolean.TRUE.equals(parameters.deleteLocalEvents()));
  }
}
