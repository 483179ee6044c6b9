package dev.bailiff.homeserver.history;

import dev.bailiff.homeserver.batch.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rooms whose history is to be purged, and where the purge ends (admin-api 5.11). The first of the
 * three that is there counts; one is.
 *
 * @param rooms at most a batch
 * @param upToDepth events below this depth are purged
 * @param upToEvent events below the depth of this one are purged. An event that is not known fails
 *     the room (404 {@code M_NOT_FOUND}), one of another room too (400 {@code M_UNKNOWN})
 * @param upToAt events below the depth of the last one sent before this time are purged, ms since
 *     the epoch. A room that is not known fails (404 {@code M_NOT_FOUND}); one without such an
 *     event has nothing to purge
 */
public record HistoryPreparation(
    List<Target> rooms,
    @Nullable Long upToDepth,
    @Nullable String upToEvent,
    @Nullable Long upToAt) {}
