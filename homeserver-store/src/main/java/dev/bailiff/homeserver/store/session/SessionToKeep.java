package dev.bailiff.homeserver.store.session;

import org.jspecify.annotations.Nullable;

/**
 * The session that outlives a change of its owner's password: the one that made the change.
 *
 * @param tokenSha256 32 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // carried to one statement, never compared
public record SessionToKeep(byte[] tokenSha256, @Nullable String deviceId) {}
