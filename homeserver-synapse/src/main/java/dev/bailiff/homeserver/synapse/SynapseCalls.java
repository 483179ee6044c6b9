package dev.bailiff.homeserver.synapse;

import dev.bailiff.homeserver.synapse.api.EventCalls;
import dev.bailiff.homeserver.synapse.api.ListCalls;
import dev.bailiff.homeserver.synapse.api.MediaCalls;
import dev.bailiff.homeserver.synapse.api.RoomCalls;
import dev.bailiff.homeserver.synapse.api.ServerCalls;
import dev.bailiff.homeserver.synapse.api.TaskCalls;
import dev.bailiff.homeserver.synapse.api.UserCalls;
import dev.bailiff.homeserver.synapse.http.ServiceAccount;

/** All calls of the service account. */
public record SynapseCalls(
    UserCalls users,
    RoomCalls rooms,
    EventCalls events,
    MediaCalls media,
    TaskCalls tasks,
    ListCalls lists,
    ServerCalls server) {

  /** The calls with one credential. */
  public static SynapseCalls of(ServiceAccount account) {
    return new SynapseCalls(
        new UserCalls(account),
        new RoomCalls(account),
        new EventCalls(account),
        new MediaCalls(account),
        new TaskCalls(account),
        new ListCalls(account),
        new ServerCalls(account));
  }
}
