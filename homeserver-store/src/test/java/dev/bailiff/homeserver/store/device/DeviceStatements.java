package dev.bailiff.homeserver.store.device;

import java.util.stream.Stream;

/** Gives tests of other packages access to the statements of this package. */
public final class DeviceStatements {

  private DeviceStatements() {}

  /** All statements about devices, pushers and cross-signing keys. */
  public static Stream<String> all() {
    return Stream.concat(
        Stream.of(
            Devices.LIST,
            Devices.FIND,
            Devices.IS_HIDDEN,
            Devices.RENAME,
            Pushers.LIST,
            CrossSigningKeys.OPEN_WINDOW),
        DeviceRemovals.statements());
  }
}
