package dev.bailiff.schemas.kind;

import org.jspecify.annotations.Nullable;

/**
 * Parameters of {@code purge-history} (admin-api 5.11). Three of them set the end of the purge; the
 * depth takes precedence over the event, and the event over the time. A request names one of the
 * three. A call of the admin API finds the depth before its job is accepted.
 *
 * @param deleteLocalEvents whether messages of local users are deleted as well; absent means false
 * @param purgeUpToEventId events below the depth of this event are purged
 * @param purgeUpToTs events below the depth of the last event sent before this time are purged, ms
 *     since the epoch
 * @param purgeUpToDepth events below this depth are purged
 */
public record PurgeHistoryParameters(
    @Nullable Boolean deleteLocalEvents,
    @Nullable String purgeUpToEventId,
    @Nullable Long purgeUpToTs,
    @Nullable Long purgeUpToDepth) {}
