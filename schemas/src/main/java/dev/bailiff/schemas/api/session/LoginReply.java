package dev.bailiff.schemas.api.session;

/**
 * A new session (admin-api 5.32).
 *
 * @param homeServer the name of this server
 */
public record LoginReply(String userId, String accessToken, String deviceId, String homeServer) {}
