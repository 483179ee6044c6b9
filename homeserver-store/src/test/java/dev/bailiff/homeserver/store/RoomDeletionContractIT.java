package dev.bailiff.homeserver.store;

import dev.bailiff.testing.homeserver.contract.HomeserverFixture;
import dev.bailiff.testing.homeserver.contract.RoomDeletionContract;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The own store keeps the contract of room deletion. */
class RoomDeletionContractIT extends RoomDeletionContract {
  @RegisterExtension final StoreFixture fixture = new StoreFixture();

  @Override
  protected HomeserverFixture fixture() {
    return fixture;
  }
}
