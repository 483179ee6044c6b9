package dev.bailiff.gateway.admin.quarantine;

import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.media.Quarantine;
import dev.bailiff.homeserver.store.media.RoomMedia;
import dev.bailiff.schemas.api.quarantine.QuarantinedReply;

/** Quarantines the media that the events of a room name, page by page (admin-api 5.21). */
public final class RoomQuarantine {
  private final RoomMedia media;
  private final Quarantine quarantine;
  private final LocalServer localServer;

  public RoomQuarantine(RoomMedia media, Quarantine quarantine, LocalServer localServer) {
    this.media = media;
    this.quarantine = quarantine;
    this.localServer = localServer;
  }

  /** The body. Media that an earlier call quarantined are counted again, each medium once. */
  public QuarantinedReply add(PathSegment room, Call call) {
    long touched = 0;
    if (room.storable()) {
      var server = localServer.serverName().orElse("");
      long before = quarantine.newest();
      Long below = null;
      do {
        var page = media.page(room.value(), below);
        touched +=
            quarantine.addUnchanged(page.media(), before, server, call.caller().actingUser());
        below = page.next();
      } while (below != null);
    }
    return new QuarantinedReply(touched);
  }
}
