package dev.bailiff.gateway.job.upload;

import dev.bailiff.gateway.request.RoomId;
import dev.bailiff.gateway.request.UserId;
import dev.bailiff.homeserver.media.MediaId;
import dev.bailiff.homeserver.media.MediaUri;
import dev.bailiff.schemas.kind.DeleteMediaContract;
import dev.bailiff.schemas.kind.TargetType;

/** The forms of ids. */
final class TargetForm {

  private TargetForm() {}

  /** Whether an id can be a target of this type. */
  static boolean fits(TargetType type, String id) {
    return switch (type) {
      case USER -> UserId.isTarget(id);
      case ROOM -> RoomId.isLegal(id);
      case MEDIA ->
          DeleteMediaContract.isUser(id)
              ? UserId.isTarget(id)
              : id.equals(DeleteMediaContract.ALL)
                  || MediaId.isValid(id)
                  || MediaUri.parse(id).isPresent();
    };
  }

  /** What a target of this type is, for people. */
  static String inWords(TargetType type) {
    return switch (type) {
      case USER -> "a user id such as @name:server";
      case ROOM -> "a room id such as !name:server";
      case MEDIA -> "a media id, an mxc URI, a user id or '*'";
    };
  }
}
