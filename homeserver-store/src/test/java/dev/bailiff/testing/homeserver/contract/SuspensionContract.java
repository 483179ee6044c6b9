package dev.bailiff.testing.homeserver.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.suspension.SuspensionPort;
import dev.bailiff.testing.homeserver.BatchDriver;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Suspending accounts. */
public abstract class SuspensionContract extends HomeserverContract {
  private Target user;
  private Target other;

  @BeforeEach
  void fill() {
    user = new Target(0, fixture().newUser("suspended"));
    other = new Target(1, fixture().newUser("other"));
  }

  private SuspensionPort port() {
    return homeserver().suspension();
  }

  private BatchDriver.Total suspend(Target... users) {
    return BatchDriver.run((cursor, commit) -> port().suspend(List.of(users), commit));
  }

  @Test
  void suspensionEndsTheWritingOfOneAccountAndOfNoOther() {
    assertThat(left(port().verifySuspended(List.of(user, other)))).hasSize(2);

    BatchDriver.Total suspended = suspend(user);

    assertThat(suspended.done()).isEqualTo(1);
    assertThat(suspended.failures()).isEmpty();
    assertThat(fixture().isSuspended(user.id())).isTrue();
    assertThat(fixture().isSuspended(other.id())).isFalse();
    assertThat(left(port().verifySuspended(List.of(user)))).isEmpty();
    assertThat(left(port().verifySuspended(List.of(other)))).isNotEmpty();
  }

  @Test
  void suspendingTwiceChangesNothing() {
    suspend(user);

    BatchDriver.Total again = suspend(user);

    assertThat(again.done()).isZero();
    assertThat(again.skipped()).isEqualTo(1);
  }

  @Test
  void closedAccountCannotWriteAlthoughItIsNotSuspended() {
    new DeactivationSteps(homeserver().deactivation()).close(List.of(user), false);

    assertThat(fixture().isSuspended(user.id())).isFalse();
    assertThat(left(port().verifySuspended(List.of(user)))).isEmpty();
  }

  @Test
  void unknownUserFailsAlone() {
    Target nobody = new Target(2, "@never-registered:" + homeserver().serverName());

    BatchDriver.Total suspended = suspend(user, nobody, other);

    assertThat(suspended.done()).isEqualTo(2);
    assertThat(suspended.failures()).hasSize(1);
    Failure failure = suspended.failures().get(0);
    assertThat(failure.item()).isEqualTo(nobody.id());
    assertThat(failure.target()).isEqualTo(nobody.number());
    assertThat(failure.failsTarget()).isTrue();
    assertThat(failure.status()).isEqualTo(404);
  }

  @Test
  void lostLeaseSuspendsNobody() {
    IllegalStateException lost = new IllegalStateException("the lease is lost");

    assertThatThrownBy(() -> port().suspend(List.of(user), lost(lost))).isSameAs(lost);

    assertThat(fixture().isSuspended(user.id())).isFalse();
    assertThat(suspend(user).done()).isEqualTo(1);
  }
}
