package dev.bailiff.homeserver.store;

import dev.bailiff.testing.homeserver.contract.CommunityContract;
import dev.bailiff.testing.homeserver.contract.HomeserverFixture;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The own store keeps the contract on the example community. */
class CommunityContractIT extends CommunityContract {
  @RegisterExtension final StoreFixture fixture = new StoreFixture();

  @Override
  protected HomeserverFixture fixture() {
    return fixture;
  }
}
