package dev.bailiff.homeserver.store.timeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Part of a state.
 *
 * @param events in the order of their keys; an empty page need not be the last one
 * @param last the last key of this page, after which the next page begins; null at the end
 */
public record StatePage(List<ObjectNode> events, @Nullable StateKey last) {}
