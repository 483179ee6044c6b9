package dev.bailiff.homeserver.store.account;

import org.jspecify.annotations.Nullable;

/**
 * One entry of a user's account data (admin-api 4.12).
 *
 * @param roomId null for global data; the store need not know the room
 * @param content JSON as the client sent it
 */
public record AccountData(@Nullable String roomId, String type, String content) {}
