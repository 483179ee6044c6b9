package dev.bailiff.homeserver.store.statistic;

import org.jspecify.annotations.Nullable;

/**
 * How much media a user has uploaded.
 *
 * @param length of all together, in bytes
 */
public record UserMedia(String userId, @Nullable String displayname, long count, long length) {}
