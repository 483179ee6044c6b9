package dev.bailiff.homeserver.store;

import dev.bailiff.testing.homeserver.contract.HomeserverFixture;
import dev.bailiff.testing.homeserver.contract.SelectionContract;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The own store keeps the contract of selections. */
class SelectionContractIT extends SelectionContract {
  @RegisterExtension final StoreFixture fixture = new StoreFixture();

  @Override
  protected HomeserverFixture fixture() {
    return fixture;
  }
}
