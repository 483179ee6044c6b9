package dev.bailiff.schemas.api.device;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import org.jspecify.annotations.Nullable;

/**
 * A device of a user (admin-api 4.19).
 *
 * @param displayName absent if the device has no name
 * @param lastSeenTs ms since the epoch; the three keys about the last connection are null together
 */
public record DeviceReply(
    String deviceId,
    @JsonInclude(Include.NON_NULL) @Nullable String displayName,
    @Nullable String lastSeenIp,
    @Nullable String lastSeenUserAgent,
    @Nullable Long lastSeenTs,
    String userId) {}
