package dev.bailiff.testing.homeserver.remote;

import dev.bailiff.testing.homeserver.contract.CountingContract;
import dev.bailiff.testing.homeserver.contract.HomeserverFixture;

/** The remote fake counts as the contract says; it does not tell how many events there are. */
class RemoteCountingTest extends CountingContract {
  private final RemoteFixture fixture = new RemoteFixture();

  @Override
  protected HomeserverFixture fixture() {
    return fixture;
  }
}
