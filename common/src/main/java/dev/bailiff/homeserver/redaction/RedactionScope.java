package dev.bailiff.homeserver.redaction;

import dev.bailiff.homeserver.batch.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to redact of one user (admin-api 4.34, step 1).
 *
 * @param user whose events
 * @param rooms at most a page of room ids, in list order
 * @param limit newest candidates per room; null for all
 * @param afterAt lower bound of the event's own time, ms since the epoch, inclusive; null for none
 * @param beforeAt upper bound, likewise
 */
public record RedactionScope(
    Target user,
    List<String> rooms,
    @Nullable Integer limit,
    @Nullable Long afterAt,
    @Nullable Long beforeAt) {}
