package dev.bailiff.schemas.kind;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Parameters of {@code delete-rooms} (admin-api 4.37 to 4.39, 5.1, 5.2).
 *
 * @param newRoomUserId the user who creates the replacement room
 * @param roomName name of the replacement room; absent or empty means the API's default
 * @param message the message posted in the replacement room; absent or empty means the API's
 *     default
 * @param block whether the rooms are blocked; absent means false
 * @param purge whether the rooms are deleted from the store; absent means true
 * @param forcePurge whether the purge goes on even if local users are still joined; absent means
 *     false
 * @param shutDown whether members are removed and aliases moved; absent means true, {@code
 *     purge_room} sets false
 * @param requireKnown whether an unknown room fails (the calls of 2020); absent means false
 * @param media one of {@link ShownMedia}; absent means that media stay
 */
public record DeleteRoomsParameters(
    @Nullable String newRoomUserId,
    @Nullable String roomName,
    @Nullable String message,
    @Nullable Boolean block,
    @Nullable Boolean purge,
    @Nullable Boolean forcePurge,
    @Nullable Boolean shutDown,
    @Nullable Boolean requireKnown,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String media) {

  /** What the admin API can ask for. */
  public DeleteRoomsParameters(
      @Nullable String newRoomUserId,
      @Nullable String roomName,
      @Nullable String message,
      @Nullable Boolean block,
      @Nullable Boolean purge,
      @Nullable Boolean forcePurge,
      @Nullable Boolean shutDown,
      @Nullable Boolean requireKnown) {
    this(newRoomUserId, roomName, message, block, purge, forcePurge, shutDown, requireKnown, null);
  }

  /** Whether media that only the purged events show are deleted. */
  public boolean deletesShownMedia() {
    return ShownMedia.isDeleted(media);
  }
}
