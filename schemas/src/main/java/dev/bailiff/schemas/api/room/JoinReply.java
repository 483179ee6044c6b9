package dev.bailiff.schemas.api.room;

/** The room that a user was joined to (admin-api 5.35). */
public record JoinReply(String roomId) {}
