package dev.bailiff.schemas.api.media;

import org.jspecify.annotations.Nullable;

/**
 * A medium in a list of a user's (admin-api 4.13). Every key is always present.
 *
 * @param mediaLength bytes
 * @param createdTs ms since the epoch
 * @param lastAccessTs ms since the epoch; null if nobody asked for it
 * @param quarantinedBy the user who put it into quarantine
 * @param safeFromQuarantine whether it is protected
 * @param urlCache the address of the preview that it belongs to
 * @param authenticated whether only users get it; true where it is not known
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
