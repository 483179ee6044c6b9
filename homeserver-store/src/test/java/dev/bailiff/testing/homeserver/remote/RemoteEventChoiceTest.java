package dev.bailiff.testing.homeserver.remote;

import dev.bailiff.testing.homeserver.contract.EventChoiceContract;
import dev.bailiff.testing.homeserver.contract.HomeserverFixture;

/** The remote fake keeps the contract of redactions of some events. */
class RemoteEventChoiceTest extends EventChoiceContract {
  private final RemoteFixture fixture = new RemoteFixture();

  @Override
  protected HomeserverFixture fixture() {
    return fixture;
  }
}
