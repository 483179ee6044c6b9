package dev.bailiff.schemas.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A target.
 *
 * @param verdict {@code gone} or {@code left-over}; null before verify, or if the target failed
 * @param leftOver what should be gone and is not
 * @param facts what the work found out, such as {@code new_room_id}
 */
public record TargetReply(
    String target,
    boolean failed,
    @Nullable JobErrorReply error,
    @Nullable String verdict,
    List<String> leftOver,
    Map<String, String> facts) {}
