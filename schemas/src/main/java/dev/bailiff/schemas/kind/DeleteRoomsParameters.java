package dev.bailiff.schemas.kind;

import org.jspecify.annotations.Nullable;

/**
 * Parameters of {@code delete-rooms} (admin-api 4.37 to 4.39, 5.1, 5.2).
 *
 * @param newRoomUserId creates the replacement room
 * @param roomName its name; absent or empty means the API's default
 * @param message posted there; absent or empty means the API's default
 * @param block whether the rooms are blocked; absent means false
 * @param purge whether the rooms are deleted from the store; absent means true
 * @param forcePurge whether local users still joined do not stop the purge; absent means false
 * @param shutDown whether members are removed and aliases moved; absent means true, {@code
 *     purge_room} sets false
 * @param requireKnown whether an unknown room fails (the calls of 2020); absent means false
 */
public record DeleteRoomsParameters(
    @Nullable String newRoomUserId,
    @Nullable String roomName,
    @Nullable String message,
    @Nullable Boolean block,
    @Nullable Boolean purge,
    @Nullable Boolean forcePurge,
    @Nullable Boolean shutDown,
    @Nullable Boolean requireKnown) {}
