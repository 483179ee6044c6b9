package dev.bailiff.homeserver.store.device;

import org.jspecify.annotations.Nullable;

/**
 * Where notifications of a user go (admin-api 4.25).
 *
 * @param data a JSON object, as the client gave it; null for none
 * @param enabled null where nothing is known
 */
public record Pusher(
    String appId,
    String pushkey,
    String kind,
    String appDisplayName,
    String deviceDisplayName,
    String profileTag,
    @Nullable String lang,
    @Nullable String data,
    @Nullable String deviceId,
    @Nullable Boolean enabled) {}
