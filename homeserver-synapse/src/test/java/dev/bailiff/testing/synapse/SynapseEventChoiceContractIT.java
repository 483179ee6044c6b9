package dev.bailiff.testing.synapse;

import dev.bailiff.testing.homeserver.contract.EventChoiceContract;
import dev.bailiff.testing.homeserver.contract.HomeserverFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/** A real Synapse keeps the contract of redactions of some events, by an application service. */
@Tag("synapse")
class SynapseEventChoiceContractIT extends EventChoiceContract {
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
