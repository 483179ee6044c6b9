package dev.bailiff.schemas.api.session;

/** A new token that acts as a user (admin-api 4.15). */
public record AccessTokenReply(String accessToken) {}
