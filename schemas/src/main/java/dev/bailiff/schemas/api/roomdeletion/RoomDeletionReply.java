package dev.bailiff.schemas.api.roomdeletion;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result for one room (admin-api 4.37). Every key is always present; lists grow while the job
 * goes on.
 *
 * @param kickedUsers local users who were removed from the room
 * @param failedToKickUsers local users who could not be removed or moved
 * @param localAliases aliases that lead to the replacement room now
 * @param newRoomId the replacement room; null if there is no replacement room
 */
public record RoomDeletionReply(
    List<String> kickedUsers,
    List<String> failedToKickUsers,
    List<String> localAliases,
    @Nullable String newRoomId) {}
