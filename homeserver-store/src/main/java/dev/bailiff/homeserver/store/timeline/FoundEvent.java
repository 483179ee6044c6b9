package dev.bailiff.homeserver.store.timeline;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An event that was asked for by its id.
 *
 * @param position the place behind it
 * @param json in the form asked for
 */
public record FoundEvent(String roomId, String sender, Position position, ObjectNode json) {

  /**
   * Where what is shown before it ends (admin-api 5.42): as in Synapse, events of its own depth are
   * not among it, nor those of the depth before that arrived later.
   */
  public Position before() {
    return new Position(position.depth() - 1, position.arrival());
  }
}
