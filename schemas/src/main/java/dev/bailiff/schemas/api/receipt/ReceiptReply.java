package dev.bailiff.schemas.api.receipt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.schemas.api.JobErrorReply;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an ended job did, to whom, when, by whom and why. Nothing of what users wrote is in it.
 *
 * @param serverName the homeserver; null if it has no name any more
 * @param issuedAt when the receipt was made
 * @param filter what the targets were found by; null if they were listed, and in the receipt of one
 *     target
 * @param error why the job failed; null otherwise
 * @param stages what each part of the job did; empty in the receipt of one target of several
 * @param targetCount the targets that the receipt is about
 * @param verdicts how many targets have each verdict
 * @param targets the first of them
 * @param allTargets where the others are; null if none is missing
 */
public record ReceiptReply(
    String jobId,
    @Nullable String serverName,
    Instant issuedAt,
    String kind,
    JsonNode parameters,
    @Nullable JsonNode filter,
    String requester,
    @Nullable String reason,
    @Nullable String reference,
    Instant acceptedAt,
    @Nullable Instant startedAt,
    @Nullable Instant finalizedAt,
    String status,
    @Nullable JobErrorReply error,
    List<ReceiptStageReply> stages,
    long targetCount,
    List<VerdictCountReply> verdicts,
    List<ReceiptTargetReply> targets,
    @Nullable String allTargets) {}
