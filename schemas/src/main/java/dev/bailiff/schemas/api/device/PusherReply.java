package dev.bailiff.schemas.api.device;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A pusher: where notifications of a user go (admin-api 4.25).
 *
 * @param data JSON as the client gave it; a pusher of the kind {@code http} has a {@code url} in it
 * @param kind {@code http} or {@code email}
 * @param enabled true if unknown
 * @param deviceId null if unknown
 */
public record PusherReply(
    String appDisplayName,
    String appId,
    JsonNode data,
    String deviceDisplayName,
    String kind,
    @Nullable String lang,
    String profileTag,
    String pushkey,
    boolean enabled,
    @Nullable String deviceId) {}
