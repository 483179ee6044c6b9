package dev.bailiff.schemas.api.media;

import org.jspecify.annotations.Nullable;

/**
 * The record of a medium, ours or a copy of another server's (admin-api 5.15).
 *
 * @param mediaOrigin the server that it was copied from; null of our own
 * @param userId the user who uploaded it; null of copies
 * @param mediaLength bytes
 * @param createdTs ms since the epoch
 * @param lastAccessTs ms since the epoch; null if nobody asked for it
 * @param filesystemId null of our own
 * @param urlCache null of copies
 * @param authenticated whether only users get it; true where it is not known
 * @param safeFromQuarantine whether it is protected; null of copies
 */
public record MediaRecordReply(
    @Nullable String mediaOrigin,
    @Nullable String userId,
    String mediaId,
    @Nullable String mediaType,
    @Nullable Long mediaLength,
    @Nullable String uploadName,
    long createdTs,
    @Nullable Long lastAccessTs,
    @Nullable String filesystemId,
    @Nullable String urlCache,
    @Nullable String quarantinedBy,
    boolean authenticated,
    @Nullable Boolean safeFromQuarantine,
    @Nullable String sha256) {}
