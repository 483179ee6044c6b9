package dev.bailiff.homeserver.store.media;

import org.jspecify.annotations.Nullable;

/**
 * The record of a copy of another server's medium (admin-api 5.15). Times are in ms since the
 * epoch.
 *
 * @param mediaLength in bytes
 * @param authenticated null if unknown
 */
public record RemoteMedium(
    String origin,
    String mediaId,
    @Nullable String mediaType,
    @Nullable Long mediaLength,
    @Nullable String uploadName,
    long createdAt,
    @Nullable Long lastAccessAt,
    @Nullable String filesystemId,
    @Nullable String quarantinedBy,
    @Nullable String sha256,
    @Nullable Boolean authenticated) {}
