package dev.bailiff.testing.synapse;

import dev.bailiff.testing.homeserver.contract.HomeserverFixture;
import dev.bailiff.testing.homeserver.contract.SuspensionContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/** A real Synapse keeps the contract of suspension. */
@Tag("synapse")
class SynapseSuspensionContractIT extends SuspensionContract {
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
