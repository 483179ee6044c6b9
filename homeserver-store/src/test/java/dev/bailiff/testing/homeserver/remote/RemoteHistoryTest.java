package dev.bailiff.testing.homeserver.remote;

import dev.bailiff.testing.homeserver.contract.HistoryContract;
import dev.bailiff.testing.homeserver.contract.HomeserverFixture;

/** The remote fake keeps the contract of history. */
class RemoteHistoryTest extends HistoryContract {
  private final RemoteFixture fixture = new RemoteFixture();

  @Override
  protected HomeserverFixture fixture() {
    return fixture;
  }
}
