package dev.bailiff.testing.homeserver.remote;

import dev.bailiff.testing.homeserver.contract.CommunityContract;
import dev.bailiff.testing.homeserver.contract.HomeserverFixture;

/** The remote fake keeps the contract on the example community. */
class RemoteCommunityTest extends CommunityContract {
  private final RemoteFixture fixture = new RemoteFixture();

  @Override
  protected HomeserverFixture fixture() {
    return fixture;
  }
}
