package dev.bailiff.testing.homeserver.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.deactivation.AccountClosing;
import dev.bailiff.homeserver.deactivation.DeactivationPort;
import dev.bailiff.testing.homeserver.BatchDriver;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Closing accounts: a user who is in three rooms of somebody else. */
public abstract class DeactivationContract extends HomeserverContract {
  private String other;
  private List<String> rooms;
  private Target user;

  @BeforeEach
  void fill() {
    other = fixture().newUser("other");
    user = new Target(0, fixture().newUser("closing"));
    rooms =
        List.of(
            fixture().newRoom(other, user.id()),
            fixture().newRoom(other, user.id()),
            fixture().newRoom(other, user.id()));
  }

  private DeactivationPort port() {
    return homeserver().deactivation();
  }

  protected final DeactivationSteps steps() {
    return new DeactivationSteps(port());
  }

  protected final List<Target> users() {
    return List.of(user);
  }

  @Test
  void closingTakesTheAccountAndPartingTheRooms() {
    assertThat(left(port().verifyAccounts(users(), false))).isNotEmpty();
    long joined = port().joinedRooms(users()).get(0);

    BatchDriver.Total closed = steps().close(users(), false);
    BatchDriver.Total parted = steps().part(users());

    assertThat(closed.done()).isEqualTo(1);
    assertThat(closed.fact("id_server_unbind_result")).isEqualTo("success");
    assertThat(joined).isEqualTo(rooms.size());
    assertThat(parted.done()).isLessThanOrEqualTo(joined);
    if (promises(Promise.PARTED_ROOMS_ARE_COUNTED)) {
      assertThat(parted.done()).isEqualTo(joined);
    }
    assertThat(port().joinedRooms(users())).containsExactly(0L);
    assertThat(left(port().verifyAccounts(users(), false))).isEmpty();
    assertThat(fixture().isClosed(user.id())).isTrue();
    assertThat(fixture().isClosed(other)).isFalse();
    assertThat(rooms)
        .allSatisfy(room -> assertThat(fixture().joinedMembers(room)).containsExactly(other));
  }

  @Test
  void erasureLeavesNoProfile() {
    steps().close(users(), false);
    steps().part(users());

    assertThat(left(port().verifyAccounts(users(), true))).isNotEmpty();
    BatchDriver.Total erased = steps().close(users(), true);

    assertThat(erased.done()).isEqualTo(1);
    assertThat(left(port().verifyAccounts(users(), true))).isEmpty();
  }

  @Test
  void closingTwiceChangesNothing() {
    steps().close(users(), true);

    BatchDriver.Total again = steps().close(users(), true);

    assertThat(again.done()).isZero();
    assertThat(again.skipped()).isEqualTo(1);
  }

  @Test
  void unknownUserFailsAlone() {
    Target nobody = new Target(1, "@never-registered:" + homeserver().serverName());

    BatchDriver.Total closed = steps().close(List.of(user, nobody), false);

    assertThat(closed.done()).isEqualTo(1);
    assertThat(closed.failures()).hasSize(1);
    Failure failure = closed.failures().get(0);
    assertThat(failure.item()).isEqualTo(nobody.id());
    assertThat(failure.target()).isEqualTo(nobody.number());
    assertThat(failure.failsTarget()).isTrue();
    assertThat(failure.status()).isEqualTo(404);
    assertThat(fixture().isClosed(user.id())).isTrue();
  }

  @Test
  void lostLeaseClosesNoAccount() {
    IllegalStateException lost = new IllegalStateException("the lease is lost");

    assertThatThrownBy(() -> port().closeAccounts(new AccountClosing(users(), true), lost(lost)))
        .isSameAs(lost);

    assertThat(fixture().isClosed(user.id())).isFalse();
    assertThat(steps().close(users(), true).done()).isEqualTo(1);
  }
}
