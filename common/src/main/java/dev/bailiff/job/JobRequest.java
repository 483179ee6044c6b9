package dev.bailiff.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that passed all checks, ready to become a job.
 *
 * @param targets ids, distinct, at least one; the store numbers them in ascending byte order
 * @param parameters valid by the kind's JSON Schema
 * @param requester who asked: a user id, or {@code token:<name>} of an operator token
 * @param actingUser who is written down as having acted on the homeserver
 * @param runAt not before this; null for now
 * @param claimNow whether a target that another job of the kind is at, or waits to be at, refuses
 *     the request; otherwise the plan waits for it
 * @param idempotencyKey null if the client gave none
 */
public record JobRequest(
    JobKind kind,
    List<String> targets,
    JsonNode parameters,
    String requester,
    String actingUser,
    @Nullable String reason,
    @Nullable Instant runAt,
    boolean claimNow,
    @Nullable IdempotencyKey idempotencyKey) {}
