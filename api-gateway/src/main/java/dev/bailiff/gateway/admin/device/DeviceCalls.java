package dev.bailiff.gateway.admin.device;

import dev.bailiff.gateway.auth.LocalUsers;
import dev.bailiff.gateway.route.ApiModule;
import dev.bailiff.homeserver.store.device.CrossSigningKeys;
import dev.bailiff.homeserver.store.device.Devices;
import dev.bailiff.homeserver.store.device.Pushers;
import java.util.List;

/** Devices of users, their keys and pushers. */
public record DeviceCalls(LocalUsers users, Devices devices, Pushers pushers, CrossSigningKeys keys)
    implements ApiModule {

  @Override
  public List<Object> resources() {
    return List.of(
        new DeviceResource(users, devices),
        new DeviceDeletionResource(users, devices),
        new PusherResource(users, pushers),
        new CrossSigningResource(keys));
  }
}
