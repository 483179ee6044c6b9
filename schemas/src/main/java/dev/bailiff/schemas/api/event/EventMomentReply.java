package dev.bailiff.schemas.api.event;

/**
 * An event and its time (admin-api 5.44).
 *
 * @param originServerTs as the sender's server says, ms since the epoch
 */
public record EventMomentReply(String eventId, long originServerTs) {}
