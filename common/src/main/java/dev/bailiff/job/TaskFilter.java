package dev.bailiff.job;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs to list as tasks.
 *
 * @param kinds of one of these kinds
 * @param statuses in one of these
 * @param target with this target; null for any
 * @param before due or changed before this; null for any time
 */
public record TaskFilter(
    Set<JobKind> kinds,
    Set<JobStatus> statuses,
    @Nullable String target,
    @Nullable Instant before) {}
