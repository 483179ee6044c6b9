package dev.bailiff.schemas.api;

import java.util.List;

/**
 * How many targets a filter would find now.
 *
 * @param exact whether all were counted; otherwise there are at least so many
 * @param sample the ids of some, at most 20
 */
public record TargetCountReply(long count, boolean exact, List<String> sample) {}
