package dev.bailiff.homeserver.store.report;

import org.jspecify.annotations.Nullable;

/**
 * A report on an event, with the present data of the event and its room.
 *
 * @param receivedAt ms since the epoch
 * @param userId the reporter
 * @param score given by the reporter, from -100 (most offensive) to 0
 * @param sender of the event; null when the event is gone
 */
public record EventReport(
    long id,
    long receivedAt,
    String roomId,
    String eventId,
    String userId,
    @Nullable Long score,
    @Nullable String reason,
    @Nullable String sender,
    @Nullable String canonicalAlias,
    @Nullable String name) {}
