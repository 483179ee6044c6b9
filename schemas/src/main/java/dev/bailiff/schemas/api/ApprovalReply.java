package dev.bailiff.schemas.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The approval that a job needs or got. Every key is always present.
 *
 * @param why the job needs it
 * @param plan how often it was asked for; {@code approve} can name it
 * @param numbers what the job would work, by name, as counted for that plan
 * @param unknown names of numbers that the homeserver cannot tell
 * @param countedAt when they were counted
 * @param until the job waits until then; null if it does not wait
 * @param approvedBy who approved; null while nobody has
 * @param rejectedBy who rejected; null if nobody has
 * @param rejection why
 */
public record ApprovalReply(
    @Nullable String why,
    int plan,
    Map<String, Long> numbers,
    List<String> unknown,
    @Nullable Instant countedAt,
    @Nullable Instant until,
    @Nullable String approvedBy,
    @Nullable Instant approvedAt,
    @Nullable String rejectedBy,
    @Nullable Instant rejectedAt,
    @Nullable String rejection) {}
