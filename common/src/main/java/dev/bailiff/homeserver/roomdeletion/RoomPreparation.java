package dev.bailiff.homeserver.roomdeletion;

import dev.bailiff.homeserver.batch.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first two steps of a room's deletion (admin-api 4.37): block it, create the replacement room.
 *
 * @param rooms at most a batch
 * @param admin the acting user, recorded as the blocker
 * @param block whether to block; an earlier blocker stays recorded
 * @param requireKnown whether a room that the server does not know fails (404 {@code M_NOT_FOUND},
 *     nothing blocked)
 * @param requireEmpty whether local users still joined fail the room (400 {@code M_UNKNOWN});
 *     {@code purge_room}
 * @param newRoomUser creates the replacement room; null for none. An unusable user (no {@code @}:
 *     400 {@code M_INVALID_PARAM}; suspended: 403 {@code M_USER_SUSPENDED}) fails the room after
 *     the block
 * @param newRoomName name of the replacement room
 * @param job id of the job, from which the replacement room's id is derived
 */
public record RoomPreparation(
    List<Target> rooms,
    String admin,
    boolean block,
    boolean requireKnown,
    boolean requireEmpty,
    @Nullable String newRoomUser,
    String newRoomName,
    String job) {}
