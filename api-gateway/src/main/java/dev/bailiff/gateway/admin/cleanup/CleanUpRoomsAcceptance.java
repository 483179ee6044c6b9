package dev.bailiff.gateway.admin.cleanup;

import dev.bailiff.gateway.admin.roomdeletion.RoomDeletionAcceptance;
import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.backend.Lookups;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.job.kind.KindAcceptance;
import dev.bailiff.schemas.kind.CleanUpRoomsContract;
import dev.bailiff.schemas.kind.CleanUpRoomsParameters;
import java.util.List;

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

  /** A mistyped space has no rooms: the job would end as if there were nothing to clean up. */
  @Override
  public void checkListed(
      CleanUpRoomsParameters parameters, List<String> targets, Lookups lookups) {
    for (var room : targets) {
      if (!lookups.rooms().known(room)) {
        throw ApiException.bad(
            Errcode.M_INVALID_PARAM,
            "With 'children', each target must be known here, which is not: " + room);
      }
    }
  }
}
