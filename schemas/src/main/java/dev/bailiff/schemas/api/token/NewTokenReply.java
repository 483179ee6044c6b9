package dev.bailiff.schemas.api.token;

/**
 * A token that was made.
 *
 * @param token is told this once
 */
public record NewTokenReply(String id, String token) {}
