package dev.bailiff.homeserver.store.timeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Part of a state.
 *
 * @param events in the order of their keys; none is no sign of the end
 * @param last behind which the next page begins; null at the end
 */
public record StatePage(List<ObjectNode> events, @Nullable StateKey last) {}
