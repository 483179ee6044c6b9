package dev.bailiff.homeserver.store.statistic;

import org.jspecify.annotations.Nullable;

/**
 * The number and size of the media that a user has uploaded.
 *
 * @param length of all these media together, in bytes
 */
public record UserMedia(String userId, @Nullable String displayname, long count, long length) {}
