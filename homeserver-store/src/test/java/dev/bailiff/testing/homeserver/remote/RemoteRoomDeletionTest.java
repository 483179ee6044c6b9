package dev.bailiff.testing.homeserver.remote;

import dev.bailiff.testing.homeserver.contract.HomeserverFixture;
import dev.bailiff.testing.homeserver.contract.RoomDeletionContract;

/** The remote fake keeps the contract of room deletion. */
class RemoteRoomDeletionTest extends RoomDeletionContract {
  private final RemoteFixture fixture = new RemoteFixture();

  @Override
  protected HomeserverFixture fixture() {
    return fixture;
  }
}
