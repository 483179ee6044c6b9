package dev.bailiff.gateway.admin.room;

import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.homeserver.store.roomadmin.RefusedException;

/** The errors for actions that a room does not allow (admin-api 5.35). */
final class Refusals {

  private Refusals() {}

  /**
   * The error for the client.
   *
   * @param notInRoom status if our server is not in the room
   */
  static ApiException error(RefusedException refused, int notInRoom) {
    var text = String.valueOf(refused.getMessage());
    return switch (refused.rule()) {
      case NOT_IN_ROOM -> new ApiException(notInRoom, Errcode.M_UNKNOWN, text);
      case NO_POWER -> ApiException.bad(Errcode.M_UNKNOWN, text);
      case FORBIDDEN -> new ApiException(403, Errcode.M_FORBIDDEN, text);
      case BLOCKED -> new ApiException(403, Errcode.M_UNKNOWN, text);
      case BANNED -> new ApiException(403, Errcode.M_BAD_STATE, text);
      case SUSPENDED -> new ApiException(403, Errcode.M_USER_SUSPENDED, text);
    };
  }
}
