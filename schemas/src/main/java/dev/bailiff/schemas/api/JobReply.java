package dev.bailiff.schemas.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job. Every key is always present.
 *
 * @param version grows with each change of the status, each stage that opens or closes, a wish to
 *     cancel, and progress, at most twice a second
 * @param status {@code scheduled}, {@code active}, {@code paused}, {@code awaiting_approval},
 *     {@code completed}, {@code failed} or {@code cancelled}
 * @param reference a name of the case in another system
 * @param filter the conditions that found the targets; null if they were listed
 * @param priority 1 to 5; 5 goes first
 * @param maxRate items a second at most; null for no bound
 * @param pace {@code fast} or {@code gentle}, as asked; null: the homeserver decides
 * @param onFailure {@code continue}, or {@code stop} after {@code stopAfterFailures} failed items
 * @param dryRun whether the job only plans
 * @param retryOf id of the job whose failed items this one works once more
 * @param planJobId id of the dry run whose targets this one works
 * @param waitingFor {@code homeserver} while a part of the job waits for a homeserver that is away;
 *     {@code operator} while the job is paused; null otherwise
 * @param paced the speed on a remote homeserver, such as {@code gentle, 11/s}; null if there is
 *     none
 * @param progress of the stages that do the work: neither plan nor verify
 * @param rate items a second since the job started; null before the start
 * @param eta the likely end of the job at that rate; null if it cannot be estimated, or the job has
 *     ended
 * @param approval null if none was asked for
 * @param stages those opened so far, in order
 */
public record JobReply(
    String jobId,
    long version,
    String kind,
    String status,
    JsonNode parameters,
    String requester,
    @Nullable String reason,
    @Nullable String reference,
    @Nullable JsonNode filter,
    int targetCount,
    Instant acceptedAt,
    @Nullable Instant runAt,
    int priority,
    @Nullable Integer maxRate,
    @Nullable String pace,
    String onFailure,
    @Nullable Integer stopAfterFailures,
    boolean dryRun,
    @Nullable String retryOf,
    @Nullable String planJobId,
    @Nullable Instant startedAt,
    @Nullable Instant cancelRequestedAt,
    @Nullable Instant finalizedAt,
    @Nullable String waitingFor,
    @Nullable String paced,
    ProgressReply progress,
    @Nullable Double rate,
    @Nullable Instant eta,
    @Nullable JobErrorReply error,
    @Nullable ApprovalReply approval,
    List<StageReply> stages) {}
