package dev.bailiff.schemas.kind;

import org.jspecify.annotations.Nullable;

/**
 * Parameters of {@code clean-up-rooms}: which steps are done. They are done in this order.
 *
 * @param block whether the rooms are blocked first; absent means true
 * @param shutDown whether local members are removed; absent means true
 * @param newRoomUserId the user who creates a replacement room, to which members and aliases are
 *     moved; absent means that there is none
 * @param roomName name of the replacement room; absent or empty means the default of {@code
 *     delete-rooms}
 * @param message the message posted in the replacement room; absent or empty means the default of
 *     {@code delete-rooms}
 * @param purge whether the rooms are deleted from the store; absent means true
 * @param forcePurge whether the purge goes on even if local users are still joined; absent means
 *     false
 * @param onStepFailure a word of {@link OnStepFailure}; absent means {@code skip-target}
 * @param children whether the rooms of the listed spaces are cleaned up as well, on all levels;
 *     absent means false
 */
public record CleanUpRoomsParameters(
    @Nullable Boolean block,
    @Nullable Boolean shutDown,
    @Nullable String newRoomUserId,
    @Nullable String roomName,
    @Nullable String message,
    @Nullable Boolean purge,
    @Nullable Boolean forcePurge,
    @Nullable String onStepFailure,
    @Nullable Boolean children)
    implements Recipe {

  public static final String BLOCK = "block";
  public static final String SHUT_DOWN = "shut_down";
  public static final String MOVE_ALIASES = "move_aliases";
  public static final String PURGE = "purge";

  /** All steps, without a replacement room. */
  public static CleanUpRoomsParameters usual() {
    return new CleanUpRoomsParameters(null, null, null, null, null, null, null, null, null);
  }

  public boolean blocks() {
    return isOn(block);
  }

  public boolean shutsDown() {
    return isOn(shutDown);
  }

  public boolean movesAliases() {
    return shutsDown() && newRoomUserId != null;
  }

  public boolean purges() {
    return isOn(purge);
  }

  public boolean takesChildren() {
    return Boolean.TRUE.equals(children);
  }

  /** All steps in the words of {@code delete-rooms}. */
  public DeleteRoomsParameters deletion() {
    return deletion(purges());
  }

  /** The steps before the purge in the words of {@code delete-rooms}. */
  public DeleteRoomsParameters shutdown() {
    return deletion(false);
  }

  private DeleteRoomsParameters deletion(boolean purges) {
    return new DeleteRoomsParameters(
        newRoomUserId, roomName, message, blocks(), purges, forcePurge, shutsDown(), null);
  }

  private static boolean isOn(@Nullable Boolean step) {
    return !Boolean.FALSE.equals(step);
  }
}
