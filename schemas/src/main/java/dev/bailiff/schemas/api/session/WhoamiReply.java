package dev.bailiff.schemas.api.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import org.jspecify.annotations.Nullable;

/**
 * The user whom a token acts as (admin-api 5.30).
 *
 * @param deviceId absent if the token has no device
 */
public record WhoamiReply(
    String userId, boolean isGuest, @JsonInclude(Include.NON_NULL) @Nullable String deviceId) {}
