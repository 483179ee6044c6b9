package dev.bailiff.homeserver.store;

import dev.bailiff.testing.homeserver.contract.EventChoiceContract;
import dev.bailiff.testing.homeserver.contract.HomeserverFixture;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The own store keeps the contract of redactions of some events. */
class EventChoiceContractIT extends EventChoiceContract {
  @RegisterExtension final StoreFixture fixture = new StoreFixture();

  @Override
  protected HomeserverFixture fixture() {
    return fixture;
  }
}
