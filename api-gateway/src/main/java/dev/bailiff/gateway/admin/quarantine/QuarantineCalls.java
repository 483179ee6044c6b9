package dev.bailiff.gateway.admin.quarantine;

import dev.bailiff.gateway.auth.Identity;
import dev.bailiff.gateway.route.ApiModule;
import dev.bailiff.homeserver.store.media.Quarantine;
import dev.bailiff.homeserver.store.media.RoomMedia;
import java.util.List;

/** Quarantine of media, and protection from it. */
public record QuarantineCalls(RoomMedia ofRooms, Quarantine quarantine, Identity identity)
    implements ApiModule {

  @Override
  public List<Object> resources() {
    return List.of(
        new LegacyRoomQuarantineResource(ofRooms, quarantine, identity),
        new QuarantineResource(quarantine, identity),
        new UnquarantineResource(quarantine, identity),
        new UserQuarantineResource(quarantine, identity),
        new QuarantineChangesResource(quarantine),
        new ProtectionResource(quarantine),
        new UnprotectionResource(quarantine));
  }
}
