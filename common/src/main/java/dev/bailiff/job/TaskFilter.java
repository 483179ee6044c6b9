package dev.bailiff.job;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Selects the jobs of a list of tasks.
 *
 * @param kinds jobs of one of these kinds
 * @param statuses jobs in one of these statuses
 * @param target jobs with this target; null for any
 * @param before jobs due or changed before this time; null for any time
 */
public record TaskFilter(
    Set<JobKind> kinds,
    Set<JobStatus> statuses,
    @Nullable String target,
    @Nullable Instant before) {}
