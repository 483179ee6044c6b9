package dev.bailiff.counting;

import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.counting.Counted;
import dev.bailiff.homeserver.counting.CountingPort;
import dev.bailiff.schemas.kind.DeactivateUsersContract;
import dev.bailiff.schemas.kind.DeactivateUsersParameters;
import java.util.List;
import java.util.Set;

/** {@code deactivate-users}: accounts, and the rooms that they would leave. */
public final class DeactivateUsersCounter implements KindCounter<DeactivateUsersParameters> {

  @Override
  public String kind() {
    return DeactivateUsersContract.KIND;
  }

  @Override
  public Class<DeactivateUsersParameters> parameters() {
    return DeactivateUsersParameters.class;
  }

  @Override
  public Set<String> items() {
    return Set.of(CountingPort.ACCOUNTS, CountingPort.MEMBERSHIPS);
  }

  @Override
  public Counted count(
      DeactivateUsersParameters parameters, List<Target> targets, CountingTools tools) {
    return tools.homeserver().accounts(targets, parameters.erase());
  }
}
