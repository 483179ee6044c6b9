package dev.bailiff.schemas.api.event;

/**
 * How many events are no longer the end of a history (admin-api 5.46).
 *
 * @param deleted always 0 here
 */
public record DeletedExtremitiesReply(int deleted) {}
