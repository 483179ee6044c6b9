package dev.bailiff.testing.homeserver.remote;

import dev.bailiff.testing.homeserver.contract.HomeserverFixture;
import dev.bailiff.testing.homeserver.contract.MediaContract;

/** The remote fake keeps the contract of media. */
class RemoteMediaTest extends MediaContract {
  private final RemoteFixture fixture = new RemoteFixture();

  @Override
  protected HomeserverFixture fixture() {
    return fixture;
  }
}
