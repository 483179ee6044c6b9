package dev.bailiff.homeserver.store.timeline;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An event that was asked for by its id.
 *
 * @param position the place behind it
 * @param json in the form asked for
 */
public record FoundEvent(String roomId, String sender, Position position, ObjectNode json) {

  /** The place before it. */
  public Position before() {
    return position.before();
  }
}
