package dev.bailiff.testing.homeserver.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.testing.homeserver.BatchDriver;
import dev.bailiff.testing.homeserver.contract.DeactivationContract;
import dev.bailiff.testing.homeserver.contract.HomeserverFixture;
import dev.bailiff.testing.homeserver.remote.RemoteConditions.Trouble;
import org.junit.jupiter.api.Test;

/** The remote fake keeps the contract of deactivation, even if requests must come again later. */
class RemoteDeactivationTest extends DeactivationContract {
  private final RemoteFixture fixture = new RemoteFixture();

  @Override
  protected HomeserverFixture fixture() {
    return fixture;
  }

  @Test
  void rateLimitAndLostRequestCostNothing() {
    fixture.conditions().then(Trouble.RATE_LIMITED, Trouble.LOST_REQUEST, Trouble.RATE_LIMITED);

    BatchDriver.Total closed = steps().close(users(), false);

    assertThat(closed.done()).isEqualTo(1);
    assertThat(closed.skipped()).isZero();
  }
}
