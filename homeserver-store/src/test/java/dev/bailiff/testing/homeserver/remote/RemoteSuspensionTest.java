package dev.bailiff.testing.homeserver.remote;

import dev.bailiff.testing.homeserver.contract.HomeserverFixture;
import dev.bailiff.testing.homeserver.contract.SuspensionContract;

/** The remote fake keeps the contract of suspension. */
class RemoteSuspensionTest extends SuspensionContract {
  private final RemoteFixture fixture = new RemoteFixture();

  @Override
  protected HomeserverFixture fixture() {
    return fixture;
  }
}
