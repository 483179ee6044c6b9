package dev.bailiff.homeserver.redaction;

import dev.bailiff.homeserver.batch.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events of one user to redact (admin-api 4.34, step 1).
 *
 * @param user the sender of the events
 * @param rooms at most a page of room ids, in list order
 * @param limit newest candidates per room; null for all
 */
public record RedactionScope(
    Target user, List<String> rooms, @Nullable Integer limit, EventConditions conditions) {}
