package dev.bailiff.schemas.api.event;

/**
 * An event and its time (admin-api 5.44).
 *
 * @param originServerTs the time that the sender's server set, ms since the epoch
 */
public record EventMomentReply(String eventId, long originServerTs) {}
