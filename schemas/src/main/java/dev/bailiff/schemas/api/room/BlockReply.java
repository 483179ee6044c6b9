package dev.bailiff.schemas.api.room;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import org.jspecify.annotations.Nullable;

/**
 * Whether a room is blocked (admin-api 5.9, 5.10).
 *
 * @param userId the user who blocked the room; absent if the room is not blocked, and after a
 *     change
 */
public record BlockReply(boolean block, @JsonInclude(Include.NON_NULL) @Nullable String userId) {}
