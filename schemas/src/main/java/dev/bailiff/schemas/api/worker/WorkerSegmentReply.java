package dev.bailiff.schemas.api.worker;

import java.time.Instant;

/** A segment that a worker has in hand. */
public record WorkerSegmentReply(
    String jobId, String kind, String stage, int segment, Instant leaseExpiresAt) {}
