package dev.bailiff.homeserver.store;

import dev.bailiff.testing.homeserver.contract.HomeserverFixture;
import dev.bailiff.testing.homeserver.contract.SuspensionContract;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The own store keeps the contract of suspension. */
class SuspensionContractIT extends SuspensionContract {
  @RegisterExtension final StoreFixture fixture = new StoreFixture();

  @Override
  protected HomeserverFixture fixture() {
    return fixture;
  }
}
