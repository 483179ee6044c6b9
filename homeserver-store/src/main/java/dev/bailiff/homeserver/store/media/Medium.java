package dev.bailiff.homeserver.store.media;

import org.jspecify.annotations.Nullable;

/**
 * A record of local media (admin-api 4.13). Times are in ms since the epoch; type, length and
 * digest are null for an upload that was reserved and not completed.
 *
 * @param mediaLength in bytes
 * @param authenticated null if unknown
 */
public record Medium(
    String mediaId,
    @Nullable String userId,
    @Nullable String mediaType,
    @Nullable Long mediaLength,
    @Nullable String uploadName,
    long createdAt,
    @Nullable Long lastAccessAt,
    @Nullable String quarantinedBy,
    boolean safeFromQuarantine,
    @Nullable String urlCache,
    @Nullable String sha256,
    @Nullable Boolean authenticated) {}
