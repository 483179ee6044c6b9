package dev.bailiff.schemas.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of a job as an event tells it: what changes while a job lives, and what people know it
 * by. Every key is always present.
 *
 * @param version grows with each change
 * @param dryRun whether the job only plans
 * @param stage the name of the open stage; null if none is open
 * @param changedAt last change of the status
 * @param waitingFor {@code homeserver} or {@code operator}; null if it does not wait
 * @param paced the speed on a remote homeserver; null if there is none
 * @param rate items a second since the job started; null before the start
 * @param eta the likely end of the job at that rate; null if it cannot be estimated, or the job has
 *     ended
 */
public record JobChangeReply(
    String jobId,
    long version,
    String kind,
    String status,
    String requester,
    @Nullable String reference,
    boolean dryRun,
    int targetCount,
    @Nullable String stage,
    Instant changedAt,
    @Nullable Instant cancelRequestedAt,
    @Nullable Instant finalizedAt,
    @Nullable String waitingFor,
    @Nullable String paced,
    ProgressReply progress,
    @Nullable Double rate,
    @Nullable Instant eta,
    @Nullable JobErrorReply error) {}
