package dev.bailiff.schemas.api.lookup;

/** Whether a new user may have a name (admin-api 4.31). */
public record UsernameReply(boolean available) {}
