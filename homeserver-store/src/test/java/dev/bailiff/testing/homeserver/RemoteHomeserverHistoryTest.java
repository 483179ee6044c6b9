package dev.bailiff.testing.homeserver;

import dev.bailiff.homeserver.Homeserver;

/** The remote fake keeps the contract of history. */
class RemoteHomeserverHistoryTest extends HomeserverHistoryContract {
  private final Homeserver homeserver = new RemoteHomeserverFake(new RemoteConditions());

  @Override
  protected Homeserver homeserver() {
    return homeserver;
  }
}
