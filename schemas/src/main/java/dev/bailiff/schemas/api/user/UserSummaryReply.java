package dev.bailiff.schemas.api.user;

import org.jspecify.annotations.Nullable;

/**
 * A user in a list (admin-api 4.3). Every key is always present.
 *
 * @param userType {@code bot}, {@code support}, or a configured word
 * @param creationTs ms since the epoch, of whole seconds
 * @param lastSeenTs ms since the epoch; null if the user was never seen
 */
public record UserSummaryReply(
    String name,
    boolean isGuest,
    boolean admin,
    @Nullable String userType,
    boolean deactivated,
    boolean erased,
    boolean shadowBanned,
    boolean locked,
    @Nullable String displayname,
    @Nullable String avatarUrl,
    long creationTs,
    @Nullable Long lastSeenTs) {}
