package dev.bailiff.schemas.api.user;

/** Whether a user is a server admin (admin-api 4.9). */
public record AdminFlagReply(boolean admin) {}
