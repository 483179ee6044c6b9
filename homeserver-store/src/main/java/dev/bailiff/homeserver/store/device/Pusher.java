package dev.bailiff.homeserver.store.device;

import org.jspecify.annotations.Nullable;

/**
 * A destination of a user's notifications (admin-api 4.25).
 *
 * @param data a JSON object as the client sent it; null for none
 * @param enabled null where the store has no value
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
