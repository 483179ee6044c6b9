package dev.bailiff.gateway.admin.cleanup;

import dev.bailiff.gateway.admin.roomdeletion.RoomDeletionAcceptance;
import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.backend.Lookups;
import dev.bailiff.gateway.job.kind.KindAcceptance;
import dev.bailiff.schemas.kind.CleanUpRoomsContract;
import dev.bailiff.schemas.kind.CleanUpRoomsParameters;

/** What is refused for a deletion of rooms is refused here as well. */
public final class CleanUpRoomsAcceptance implements KindAcceptance<CleanUpRoomsParameters> {
  private final RoomDeletionAcceptance deletion = new RoomDeletionAcceptance();

  @Override
  public String kind() {
    return CleanUpRoomsContract.KIND;
  }

  @Override
  public Class<CleanUpRoomsParameters> parameters() {
    return CleanUpRoomsParameters.class;
  }

  @Override
  public void check(CleanUpRoomsParameters parameters, LocalServer server, Lookups lookups) {
    deletion.check(parameters.deletion(), server, lookups);
  }
}
