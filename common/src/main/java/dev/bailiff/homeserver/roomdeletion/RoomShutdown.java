package dev.bailiff.homeserver.roomdeletion;

import org.jspecify.annotations.Nullable;

/**
 * A shutdown as it was asked for, for a homeserver that carries it out in one piece (admin-api
 * 4.37).
 *
 * @param block whether the room is blocked
 * @param newRoomUser creates the replacement room; null for none
 * @param newRoomName name of the replacement room
 * @param message plain text for the replacement room
 */
public record RoomShutdown(
    boolean block, @Nullable String newRoomUser, String newRoomName, String message) {}
