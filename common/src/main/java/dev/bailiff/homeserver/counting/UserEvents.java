package dev.bailiff.homeserver.counting;

import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.redaction.EventConditions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events that a redaction would look at.
 *
 * @param users the senders
 * @param rooms where; empty for the rooms that each user is joined to or banned from
 * @param everywhere whether, in the place of {@code rooms}, every room counts that a user ever
 *     wrote in
 * @param limit newest candidates per room; null for all
 * @param conditions which of their events
 */
public record UserEvents(
    List<Target> users,
    List<String> rooms,
    boolean everywhere,
    @Nullable Integer limit,
    EventConditions conditions) {}
