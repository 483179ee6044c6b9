package dev.bailiff.homeserver.store.timeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Part of a room's history.
 *
 * @param events in the order asked for
 * @param senders of these events, each once
 * @param end where the next page begins
 * @param atEnd whether nothing was left to look at, so that no page follows
 */
public record TimelinePage(
    List<ObjectNode> events, List<String> senders, Position end, boolean atEnd) {}
