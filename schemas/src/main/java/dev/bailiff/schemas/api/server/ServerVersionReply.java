package dev.bailiff.schemas.api.server;

/** The version that runs here (admin-api 5.25). */
public record ServerVersionReply(String serverVersion) {}
