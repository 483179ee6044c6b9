package dev.bailiff.schemas.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A target.
 *
 * @param verdict {@code gone}, {@code left-over}, {@code changed-since} or {@code unknown}; null
 *     before verify, or if the target failed
 * @param leftOver things that should be gone and are not
 * @param facts results of the work, such as {@code new_room_id}
 */
public record TargetReply(
    String target,
    boolean failed,
    @Nullable JobErrorReply error,
    @Nullable String verdict,
    List<String> leftOver,
    Map<String, String> facts) {}
