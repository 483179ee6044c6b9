package dev.bailiff.schemas.api.user;

/** The name of a user whose account could not be read yet (admin-api 4.2). */
public record UserNameReply(String name) {}
