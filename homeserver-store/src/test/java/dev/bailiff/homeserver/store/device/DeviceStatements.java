package dev.bailiff.homeserver.store.device;

import java.util.stream.Stream;

/** Shows the statements of this package to tests of others. */
public final class DeviceStatements {

  private DeviceStatements() {}

  /** All of them. */
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
