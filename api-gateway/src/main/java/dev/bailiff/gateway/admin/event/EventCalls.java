package dev.bailiff.gateway.admin.event;

import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.route.ApiModule;
import dev.bailiff.homeserver.store.room.Rooms;
import dev.bailiff.homeserver.store.timeline.Hierarchy;
import dev.bailiff.homeserver.store.timeline.RoomState;
import dev.bailiff.homeserver.store.timeline.Timeline;
import java.util.List;

/** Events and state of rooms. */
public record EventCalls(
    Rooms rooms, Timeline timeline, RoomState state, Hierarchy hierarchy, LocalServer localServer)
    implements ApiModule {

  @Override
  public List<Object> resources() {
    return List.of(
        new RoomStateResource(rooms, state),
        new MessagesResource(timeline, state),
        new ContextResource(timeline, state),
        new FetchedEventResource(timeline),
        new EventByTimeResource(timeline),
        new HierarchyResource(rooms, hierarchy, localServer),
        new ForwardExtremitiesResource(rooms, timeline));
  }
}
