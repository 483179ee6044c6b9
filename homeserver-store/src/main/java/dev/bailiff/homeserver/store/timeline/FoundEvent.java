package dev.bailiff.homeserver.store.timeline;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An event that was looked up by its id.
 *
 * @param position the position right after the event
 * @param json the event in the form asked for
 */
public record FoundEvent(String roomId, String sender, StreamToken position, ObjectNode json) {

  /**
   * The end of the events shown before this one (admin-api 5.42). As in Synapse, they exclude
   * events of the same depth, and events of the depth before that arrived later.
   */
  public StreamToken before() {
    return new StreamToken(position.depth() - 1, position.arrival());
  }
}
