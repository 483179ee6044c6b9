package dev.bailiff.homeserver.history;

import dev.bailiff.homeserver.batch.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rooms whose history is to be purged, and where the purge ends (admin-api 5.11). At least one of
 * the three bounds is set, and the first one set applies.
 *
 * @param rooms at most a batch
 * @param upToDepth events below this depth are purged
 * @param upToEvent events below the depth of this event are purged. An unknown event fails the room
 *     (404 {@code M_NOT_FOUND}), and so does an event of another room (400 {@code M_UNKNOWN})
 * @param upToAt events below the depth of the last event sent before this time are purged, ms since
 *     the epoch. An unknown room fails (404 {@code M_NOT_FOUND}); a room without an event before
 *     this time has nothing to purge
 */
public record HistoryPreparation(
    List<Target> rooms,
    @Nullable Long upToDepth,
    @Nullable String upToEvent,
    @Nullable Long upToAt) {}
