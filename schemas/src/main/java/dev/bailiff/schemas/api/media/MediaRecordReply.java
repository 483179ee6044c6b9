package dev.bailiff.schemas.api.media;

import org.jspecify.annotations.Nullable;

/**
 * The record of a medium: a local one or a copy from another server (admin-api 5.15).
 *
 * @param mediaOrigin the server that the medium was copied from; null for local media
 * @param userId the user who uploaded the medium; null for copies
 * @param mediaLength bytes
 * @param createdTs ms since the epoch
 * @param lastAccessTs ms since the epoch; null if nobody accessed the medium
 * @param filesystemId null for local media
 * @param urlCache null for copies
 * @param authenticated whether only users can get the medium; true if unknown
 * @param safeFromQuarantine whether the medium is protected; null for copies
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
