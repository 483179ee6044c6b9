package dev.bailiff.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the approval that a job needs or got.
 *
 * @param why the job needs it, for people
 * @param plan how often it was asked for
 * @param numbers by name, as counted for the newest plan; null where the homeserver cannot tell
 * @param countedAt when they were counted
 * @param until the job waits until then; null if it does not wait
 * @param approvedBy null while nobody has approved
 * @param rejectedBy null unless somebody rejected
 * @param rejection the reason of the rejection
 */
public record ApprovalView(
    @Nullable String why,
    int plan,
    JsonNode numbers,
    @Nullable Instant countedAt,
    @Nullable Instant until,
    @Nullable String approvedBy,
    @Nullable Instant approvedAt,
    @Nullable String rejectedBy,
    @Nullable Instant rejectedAt,
    @Nullable String rejection) {}
