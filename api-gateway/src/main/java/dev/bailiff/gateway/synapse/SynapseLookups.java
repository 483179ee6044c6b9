package dev.bailiff.gateway.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.homeserver.deactivation.KnownUsers;
import dev.bailiff.homeserver.history.EventPlace;
import dev.bailiff.homeserver.history.HistoryPoints;
import dev.bailiff.homeserver.roomdeletion.KnownRooms;
import dev.bailiff.homeserver.synapse.ServerNames;
import dev.bailiff.homeserver.synapse.SynapseCalls;
import dev.bailiff.homeserver.synapse.api.RoomCalls;
import java.util.Optional;

/** What heavy calls ask of Synapse before they become jobs. */
record SynapseLookups(SynapseCalls calls, ServerNames serverName)
    implements KnownUsers, KnownRooms, HistoryPoints {
  @Override
  public boolean exists(String userId) {
    return Asked.of(() -> calls.users().user(userId).isPresent());
  }

  @Override
  public boolean known(String roomId) {
    return Asked.of(() -> calls.rooms().room(roomId).isPresent());
  }

  /** Synapse records the service account as the blocker. */
  @Override
  public void block(String roomId, String userId) {
    Asked.of(() -> calls.rooms().block(roomId).orThrow());
  }

  @Override
  public Optional<EventPlace> find(String eventId) {
    return Asked.of(() -> calls.events().event(eventId))
        .map(event -> new EventPlace(event.path("room_id").asText(), event.path("depth").asLong()));
  }

  /**
   * The depth of the room's first event if that was sent before the time: a purge finds its own
   * end.
   */
  @Override
  public Optional<Long> depthBefore(String roomId, long at) {
    return Asked.of(() -> calls.rooms().messages(roomId, null, 1, RoomCalls.WITH_DEPTH))
        .events()
        .stream()
        .filter(event -> event.path("origin_server_ts").asLong() < at)
        .map(SynapseLookups::depth)
        .findFirst();
  }

  private static Long depth(JsonNode event) {
    return event.path("depth").asLong();
  }
}
