package dev.bailiff.homeserver.roomdeletion;

import dev.bailiff.homeserver.batch.Target;

/**
 * The message into the replacement room and the aliases that move there (admin-api 4.37, step 4).
 * Reply list {@code local_aliases}.
 *
 * @param room the old room
 * @param newRoom the replacement room
 * @param newRoomUser the sender of the message
 * @param message plain text
 * @param admin the creator recorded for the moved aliases
 * @param job id of the job, from which the id of the message is derived
 */
public record AliasMove(
    Target room, String newRoom, String newRoomUser, String message, String admin, String job) {}
