package dev.bailiff.testing.synapse;

import dev.bailiff.testing.homeserver.contract.HomeserverFixture;
import dev.bailiff.testing.homeserver.contract.SelectionContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/** A real Synapse keeps the contract of selections. */
@Tag("synapse")
class SynapseSelectionContractIT extends SelectionContract {
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
