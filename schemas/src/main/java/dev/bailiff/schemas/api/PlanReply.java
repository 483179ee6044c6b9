package dev.bailiff.schemas.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a dry run found out.
 *
 * @param targets how many targets it looked at, those that are left out included
 * @param leftOut a page of the targets on which the run would do nothing
 * @param leftOutCount how many there are
 * @param next the {@code from} of the next page of {@code left_out}; null on the last page
 * @param numbers by name, such as {@code events}
 * @param unknown names of the numbers that the homeserver cannot tell
 * @param estimatedSeconds how long the run would take; null if nothing is known to tell it from
 * @param estimateBasis what the estimate comes from, or why there is none
 * @param plannedAt when the dry run ended
 */
public record PlanReply(
    long targets,
    List<LeftOutReply> leftOut,
    long leftOutCount,
    @Nullable String next,
    Map<String, Long> numbers,
    List<String> unknown,
    @Nullable Long estimatedSeconds,
    String estimateBasis,
    Instant plannedAt) {

  /** A target on which the run would do nothing. */
  public record LeftOutReply(String target, String reason) {}
}
