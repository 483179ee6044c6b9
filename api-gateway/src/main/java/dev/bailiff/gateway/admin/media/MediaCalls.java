package dev.bailiff.gateway.admin.media;

import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.auth.LocalUsers;
import dev.bailiff.gateway.route.ApiModule;
import dev.bailiff.homeserver.store.media.LocalMedia;
import dev.bailiff.homeserver.store.media.Quarantine;
import dev.bailiff.homeserver.store.media.RemoteMedia;
import dev.bailiff.homeserver.store.media.RoomMedia;
import java.util.List;

/** Reads of media, and the purge of copies of other servers' media. */
public record MediaCalls(
    LocalUsers users,
    LocalServer localServer,
    LocalMedia local,
    RemoteMedia remote,
    RoomMedia ofRooms,
    Quarantine quarantine)
    implements ApiModule {

  @Override
  public List<Object> resources() {
    return List.of(
        new MediaResource(localServer, local, remote),
        new UserMediaResource(users, local),
        new RemoteMediaPurgeResource(remote),
        new RoomMediaResource(ofRooms, quarantine, localServer));
  }
}
