package dev.bailiff.counting;

import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.counting.Counted;
import dev.bailiff.homeserver.counting.CountingPort;
import dev.bailiff.schemas.kind.DeleteRoomsContract;
import dev.bailiff.schemas.kind.DeleteRoomsParameters;
import java.util.List;
import java.util.Set;

/** {@code delete-rooms}: rooms, the local members who would leave, and the events to be purged. */
public final class DeleteRoomsCounter implements KindCounter<DeleteRoomsParameters> {

  @Override
  public String kind() {
    return DeleteRoomsContract.KIND;
  }

  @Override
  public Class<DeleteRoomsParameters> parameters() {
    return DeleteRoomsParameters.class;
  }

  @Override
  public Set<String> items() {
    return Set.of(CountingPort.MEMBERSHIPS, CountingPort.EVENTS);
  }

  @Override
  public Counted count(
      DeleteRoomsParameters parameters, List<Target> targets, CountingTools tools) {
    // A room that nobody knows yet can be blocked.
    return tools
        .homeserver()
        .rooms(
            targets,
            !Boolean.FALSE.equals(parameters.purge()),
            Boolean.TRUE.equals(parameters.block()));
  }
}
