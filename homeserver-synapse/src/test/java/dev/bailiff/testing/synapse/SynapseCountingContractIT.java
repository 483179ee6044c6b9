package dev.bailiff.testing.synapse;

import dev.bailiff.testing.homeserver.contract.CountingContract;
import dev.bailiff.testing.homeserver.contract.HomeserverFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/** A real Synapse counts as the contract says, as far as its API tells. */
@Tag("synapse")
class SynapseCountingContractIT extends CountingContract {
  private final SynapseFixture fixture = SynapseFixture.withAppservice();

  @Override
  protected HomeserverFixture fixture() {
    return fixture;
  }

  @AfterEach
  void close() {
    fixture.close();
  }
}
