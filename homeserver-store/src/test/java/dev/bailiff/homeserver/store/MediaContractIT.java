package dev.bailiff.homeserver.store;

import dev.bailiff.testing.homeserver.contract.HomeserverFixture;
import dev.bailiff.testing.homeserver.contract.MediaContract;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The own store keeps the contract of media. */
class MediaContractIT extends MediaContract {
  @RegisterExtension final StoreFixture fixture = new StoreFixture();

  @Override
  protected HomeserverFixture fixture() {
    return fixture;
  }
}
