package dev.bailiff.homeserver.store.timeline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.homeserver.store.event.EventJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Selects events of a room's history for a client (the room event filter of the Matrix
 * specification). A null list lets every event through, an empty one none.
 *
 * @param types may end in {@code *}, which stands for any text
 * @param containsUrl whether the content must or must not have a text {@code url}; null for either
 * @param membersOfSenders whether the senders' membership events are wanted with the events
 * @param form the form in which events are wanted
 */
public record EventFilter(
    @Nullable List<String> types,
    @Nullable List<String> notTypes,
    @Nullable List<String> senders,
    @Nullable List<String> notSenders,
    @Nullable List<String> rooms,
    @Nullable List<String> notRooms,
    @Nullable Boolean containsUrl,
    boolean membersOfSenders,
    EventFormat form) {

  /** Lets every event through, in the form of histories. */
  public static final EventFilter NONE =
      new EventFilter(
          null, null, null, null, null, null, null, false, EventFormat.CLIENT_WITH_PREVIOUS);

  /** The same filter with another form. */
  public EventFilter in(EventFormat other) {
    return new EventFilter(
        types,
        notTypes,
        senders,
        notSenders,
        rooms,
        notRooms,
        containsUrl,
        membersOfSenders,
        other);
  }

  /**
   * The form of state that comes with a page of history: without the previous content of that
   * state.
   */
  public EventFormat formOfState() {
    return form == EventFormat.FEDERATION ? form : EventFormat.CLIENT;
  }

  boolean letsThrough(StoredEvent event) {
    return (types == null || matchesAny(types, event.type()))
        && (notTypes == null || !matchesAny(notTypes, event.type()))
        && (senders == null || senders.contains(event.sender()))
        && (notSenders == null || !notSenders.contains(event.sender()))
        && (rooms == null || rooms.contains(event.roomId()))
        && (notRooms == null || !notRooms.contains(event.roomId()))
        && (containsUrl == null || containsUrl == hasUrl(event));
  }

  /** Whether a list of required values is empty, so that no event can pass the filter. */
  public boolean letsNothingThrough() {
    return isEmpty(types) || isEmpty(senders) || isEmpty(rooms);
  }

  private static boolean isEmpty(@Nullable List<String> wanted) {
    return wanted != null && wanted.isEmpty();
  }

  private static boolean matchesAny(List<String> patterns, String type) {
    return patterns.stream()
        .anyMatch(
            pattern ->
                pattern.endsWith("*")
                    ? type.startsWith(pattern.substring(0, pattern.length() - 1))
                    : type.equals(pattern));
  }

  private static boolean hasUrl(StoredEvent event) {
    JsonNode url = EventJson.parse(event.content()).path("url");
    return url.isTextual();
  }
}
