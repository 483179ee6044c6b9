package dev.bailiff.homeserver.store.timeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Part of a room's history.
 *
 * @param events in the order asked for
 * @param counted how many events the limit has counted: those, and redactions that are not shown
 * @param senders of these events, each once
 * @param first the place of the first of them; null if there is none
 * @param last the place of the last of them; null if there is none
 * @param end where the next page begins
 * @param atEnd whether nothing was left to look at, so that no page follows
 */
public record TimelinePage(
    List<ObjectNode> events,
    int counted,
    List<String> senders,
    @Nullable Position first,
    @Nullable Position last,
    Position end,
    boolean atEnd) {}
