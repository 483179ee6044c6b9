package dev.bailiff.schemas.api.lookup;

/** The user who has an external id or an address (admin-api 4.32, 4.33). */
public record FoundUserReply(String userId) {}
