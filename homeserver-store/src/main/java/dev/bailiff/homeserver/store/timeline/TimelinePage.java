package dev.bailiff.homeserver.store.timeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Part of a room's history.
 *
 * @param events in the order asked for
 * @param counted the number of events that count towards the limit: the shown ones, and redactions
 *     that are not shown
 * @param senders of these events, each once
 * @param first position of the first of these events; null for an empty page
 * @param last position of the last of these events; null for an empty page
 * @param end where the next page begins
 * @param atEnd whether no events remain to be read, so that no page follows
 */
public record TimelinePage(
    List<ObjectNode> events,
    int counted,
    List<String> senders,
    @Nullable StreamToken first,
    @Nullable StreamToken last,
    StreamToken end,
    boolean atEnd) {}
