package dev.bailiff.homeserver.store;

import dev.bailiff.testing.homeserver.contract.HistoryContract;
import dev.bailiff.testing.homeserver.contract.HomeserverFixture;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The own store keeps the contract of history. */
class HistoryContractIT extends HistoryContract {
  @RegisterExtension final StoreFixture fixture = new StoreFixture();

  @Override
  protected HomeserverFixture fixture() {
    return fixture;
  }
}
