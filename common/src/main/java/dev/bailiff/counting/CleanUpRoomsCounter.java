package dev.bailiff.counting;

import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.counting.Counted;
import dev.bailiff.homeserver.counting.CountingPort;
import dev.bailiff.schemas.kind.CleanUpRoomsContract;
import dev.bailiff.schemas.kind.CleanUpRoomsParameters;
import java.util.List;
import java.util.Set;

/** {@code clean-up-rooms}: the same as of {@code delete-rooms}. */
public final class CleanUpRoomsCounter implements KindCounter<CleanUpRoomsParameters> {

  @Override
  public String kind() {
    return CleanUpRoomsContract.KIND;
  }

  @Override
  public Class<CleanUpRoomsParameters> parameters() {
    return CleanUpRoomsParameters.class;
  }

  @Override
  public Set<String> items() {
    return Set.of(CountingPort.MEMBERSHIPS, CountingPort.EVENTS);
  }

  @Override
  public Counted count(
      CleanUpRoomsParameters parameters, List<Target> targets, CountingTools tools) {
    return tools.homeserver().rooms(targets, parameters.purges(), parameters.blocks());
  }
}
