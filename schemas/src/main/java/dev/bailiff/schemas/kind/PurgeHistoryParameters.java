package dev.bailiff.schemas.kind;

import org.jspecify.annotations.Nullable;

/**
 * Parameters of {@code purge-history} (admin-api 5.11). Of the three that say where the purge ends,
 * the depth counts before the event, and the event before the time; a request names one, a call of
 * the admin API has found the depth when its job is accepted.
 *
 * @param deleteLocalEvents whether messages of local users go as well; absent means false
 * @param purgeUpToEventId events below the depth of this one are purged
 * @param purgeUpToTs events below the depth of the last one sent before this time are purged, ms
 *     since the epoch
 * @param purgeUpToDepth events below this depth are purged
 */
public record PurgeHistoryParameters(
    @Nullable Boolean deleteLocalEvents,
    @Nullable String purgeUpToEventId,
    @Nullable Long purgeUpToTs,
    @Nullable Long purgeUpToDepth) {}
