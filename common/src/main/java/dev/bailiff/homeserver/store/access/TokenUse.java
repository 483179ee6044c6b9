package dev.bailiff.homeserver.store.access;

import org.jspecify.annotations.Nullable;

/** One use of a token: feeds whois and "last seen" (admin-api 1.2). */
public record TokenUse(String userId, @Nullable String deviceId, String ip, String userAgent) {}
