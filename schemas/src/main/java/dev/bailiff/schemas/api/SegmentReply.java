package dev.bailiff.schemas.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A segment: {@code ready}, {@code leased}, {@code done}, {@code failed} or {@code cancelled}. */
public record SegmentReply(
    int stage,
    int segment,
    String status,
    int epoch,
    int attempts,
    ProgressReply progress,
    @Nullable String leaseOwner,
    @Nullable Instant leaseExpiresAt,
    @Nullable String lastError) {}
