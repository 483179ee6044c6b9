package dev.bailiff.gateway.admin.roomdeletion;

import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.backend.Lookups;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.job.kind.KindAcceptance;
import dev.bailiff.gateway.job.kind.ShownMediaCheck;
import dev.bailiff.schemas.kind.DeleteRoomsContract;
import dev.bailiff.schemas.kind.DeleteRoomsParameters;

/**
 * The user who creates the replacement room must be our own, as the job acts in their name
 * (admin-api 4.37). A job with another server's user is refused before it exists.
 */
public final class RoomDeletionAcceptance implements KindAcceptance<DeleteRoomsParameters> {

  @Override
  public String kind() {
    return DeleteRoomsContract.KIND;
  }

  @Override
  public Class<DeleteRoomsParameters> parameters() {
    return DeleteRoomsParameters.class;
  }

  @Override
  public void check(DeleteRoomsParameters parameters, LocalServer server, Lookups lookups) {
    ShownMediaCheck.require(parameters.deletesShownMedia(), lookups.media());
    var user = parameters.newRoomUserId();
    if (user != null && !server.mayBeOwn(user)) {
      throw ApiException.bad(Errcode.M_UNKNOWN, "User must be our own: " + user);
    }
  }
}
