package dev.bailiff.schemas.api.audit;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of the audit.
 *
 * @param id grows with time, with gaps
 * @param who a user id, {@code token:<name>} or {@code command}; null of a job's own rows: the row
 *     of the call that made the job says it
 * @param token id of a token of Bailiff's own, or the begin of another one's digest
 * @param what the call by its route, {@code job}, or kind and stage of a batch
 * @param whom the user, room, medium or the like
 * @param items ids of the events, rooms or media of whom
 */
public record AuditEntryReply(
    long id,
    Instant at,
    @Nullable String who,
    @Nullable String token,
    @Nullable String address,
    String what,
    @Nullable String whom,
    @Nullable String why,
    @Nullable UUID jobId,
    List<String> items,
    String result) {}
