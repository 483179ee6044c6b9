package dev.bailiff.gateway.admin.quarantine;

import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.route.ApiModule;
import dev.bailiff.homeserver.store.media.Quarantine;
import dev.bailiff.homeserver.store.media.RoomMedia;
import java.util.List;

/** Quarantine of media, and protection from it. */
public record QuarantineCalls(RoomMedia ofRooms, Quarantine quarantine, LocalServer localServer)
    implements ApiModule {

  @Override
  public List<Object> resources() {
    return List.of(
        new LegacyRoomQuarantineResource(ofRooms, quarantine, localServer),
        new QuarantineResource(quarantine, localServer),
        new UnquarantineResource(quarantine, localServer),
        new UserQuarantineResource(quarantine, localServer),
        new QuarantineChangesResource(quarantine),
        new ProtectionResource(quarantine),
        new UnprotectionResource(quarantine));
  }
}
