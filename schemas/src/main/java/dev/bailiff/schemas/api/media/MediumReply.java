package dev.bailiff.schemas.api.media;

import org.jspecify.annotations.Nullable;

/**
 * A medium in a list of a user's media (admin-api 4.13). Every key is always present.
 *
 * @param mediaLength bytes
 * @param createdTs ms since the epoch
 * @param lastAccessTs ms since the epoch; null if nobody accessed the medium
 * @param quarantinedBy the user who put the medium into quarantine
 * @param safeFromQuarantine whether the medium is protected
 * @param urlCache the address of the preview that the medium belongs to
 * @param authenticated whether only users can get the medium; true if unknown
 */
public record MediumReply(
    String mediaId,
    @Nullable String mediaType,
    @Nullable Long mediaLength,
    @Nullable String uploadName,
    long createdTs,
    @Nullable Long lastAccessTs,
    @Nullable String quarantinedBy,
    boolean safeFromQuarantine,
    @Nullable String urlCache,
    @Nullable String userId,
    boolean authenticated,
    @Nullable String sha256) {}
