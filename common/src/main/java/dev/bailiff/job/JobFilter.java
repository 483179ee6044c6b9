package dev.bailiff.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Selects the jobs of a list. A null field selects all.
 *
 * @param target id of a target
 * @param acceptedAfter inclusive
 * @param acceptedBefore exclusive
 */
public record JobFilter(
    @Nullable JobStatus status,
    @Nullable JobKind kind,
    @Nullable String target,
    @Nullable String requester,
    @Nullable Instant acceptedAfter,
    @Nullable Instant acceptedBefore) {
  public static final JobFilter ALL = new JobFilter(null, null, null, null, null, null);
}
