package dev.bailiff.schemas.api.lookup;

/** How many rooms a user joined since a time (admin-api 5.29). */
public record JoinCountReply(long cumulativeJoinedRoomCount) {}
