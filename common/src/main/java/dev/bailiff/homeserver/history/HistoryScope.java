package dev.bailiff.homeserver.history;

import dev.bailiff.homeserver.batch.Target;

/**
 * The part of one room's history to purge.
 *
 * @param room the room
 * @param cutOff where the purge ends, as {@link
 *     dev.bailiff.homeserver.history.HistoryPort#prepareHistory} fixed it
 * @param localEvents whether messages of local users are deleted as well; otherwise they are
 *     detached, as state is
 */
public record HistoryScope(Target room, String cutOff, boolean localEvents) {}
