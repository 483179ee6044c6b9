package dev.bailiff.homeserver.deactivation;

import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Users who leave all rooms they are joined to (admin-api 4.7, parting job): prune the user's
 * membership events if the user is erased, leave, forget.
 *
 * @param users the users of the segment, at most 200
 * @param after where the last batch stopped; null at the start
 * @param size number of rooms to leave in this batch at most
 */
public record RoomParting(List<Target> users, @Nullable Cursor after, int size) {}
