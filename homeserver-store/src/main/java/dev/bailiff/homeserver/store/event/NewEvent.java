package dev.bailiff.homeserver.store.event;

import org.jspecify.annotations.Nullable;

/**
 * An event to write. Order of arrival, depth and time come from the store.
 *
 * @param stateKey null if the event is no state
 * @param content JSON
 * @param extra JSON of the remaining top-level keys; null for none
 */
public record NewEvent(
    String eventId,
    String roomId,
    String type,
    String sender,
    @Nullable String stateKey,
    String content,
    @Nullable String extra) {

  /** The {@code extra} of a state event that replaces another one. */
  public static String replacing(String eventId) {
    return EventJson.write(
        EventJson.object().set("unsigned", EventJson.object().put("replaces_state", eventId)));
  }
}
