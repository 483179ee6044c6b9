package dev.bailiff.testing.homeserver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.counting.Counted;
import dev.bailiff.homeserver.counting.CountingPort;
import dev.bailiff.homeserver.counting.LeftOut;
import dev.bailiff.homeserver.counting.UserEvents;
import dev.bailiff.homeserver.redaction.EventConditions;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What jobs would work, told exactly or not at all. */
public abstract class CountingContract extends HomeserverContract {
  private static final Target NOBODY = new Target(7, "@nobody-knows:elsewhere.example");

  private Target user;
  private Target other;
  private Target room;

  @BeforeEach
  void fill() {
    user = new Target(0, fixture().newUser("counted"));
    other = new Target(1, fixture().newUser("other"));
    room = new Target(2, fixture().newRoom(other.id(), user.id()));
    fixture().newRoom(user.id());
  }

  private CountingPort port() {
    return homeserver().counting();
  }

  @Test
  void accountsAndTheRoomsTheyAreIn() {
    var counted = all(List.of(user, other, NOBODY), users -> port().accounts(users, false));

    assertThat(counted.numbers().known()).containsEntry(CountingPort.ACCOUNTS, 2L);
    assertThat(counted.numbers().known()).containsEntry(CountingPort.MEMBERSHIPS, 3L);
    assertThat(counted.numbers().unknown()).isEmpty();
    assertThat(counted.leftOut()).extracting(LeftOut::target).containsExactly(NOBODY.number());
  }

  @Test
  void aClosedAccountInNoRoomIsLeftOutUnlessItIsToBeErased() {
    var steps = new DeactivationSteps(homeserver().deactivation());
    steps.close(List.of(user), false);
    steps.part(List.of(user));

    assertThat(port().accounts(List.of(user), false).leftOut()).hasSize(1);
    assertThat(port().accounts(List.of(user), true).leftOut()).isEmpty();
  }

  @Test
  void eventsAreExactOrUnknown() {
    fixture().send(room.id(), user.id(), "one");
    fixture().send(room.id(), user.id(), "two");
    fixture().send(room.id(), other.id(), "of somebody else");

    var counted =
        all(
            List.of(user),
            users ->
                port()
                    .events(
                        new UserEvents(
                            users,
                            List.of(room.id()),
                            false,
                            1_000,
                            EventConditions.between(null, null))));

    assertThat(counted.numbers().known()).containsEntry(CountingPort.ACCOUNTS, 1L);
    // The join is redacted as well.
    assertTold(counted, CountingPort.EVENTS, 3);
  }

  @Test
  void roomsAndTheirMembers() {
    var unknown = new Target(9, "!nobody-knows:elsewhere.example");

    var counted = all(List.of(room, unknown), rooms -> port().rooms(rooms, true, false));

    assertThat(counted.numbers().known()).containsEntry(CountingPort.ROOMS, 1L);
    assertTold(counted, CountingPort.MEMBERSHIPS, 2);
    assertThat(counted.leftOut()).extracting(LeftOut::target).containsExactly(unknown.number());
    assertThat(port().rooms(List.of(unknown), true, true).leftOut()).isEmpty();
    assertThat(port().rooms(List.of(room), false, false).numbers().unknown())
        .as("nothing is purged")
        .doesNotContain(CountingPort.EVENTS);
  }

  @Test
  void filesByNameAndByUser() {
    var file = new Target(4, fixture().upload(user.id(), 1_000));
    fixture().upload(user.id(), 500);
    var missing = new Target(5, "nosuchfile");

    var named = all(List.of(file, missing), port()::media);
    var ofUser = all(List.of(user), port()::mediaOf);

    assertThat(named.numbers().known()).containsEntry(CountingPort.MEDIA, 1L);
    assertTold(named, CountingPort.BYTES, 1_000);
    assertThat(named.leftOut()).extracting(LeftOut::target).containsExactly(missing.number());
    assertThat(ofUser.numbers().known()).containsEntry(CountingPort.MEDIA, 2L);
    assertTold(ofUser, CountingPort.BYTES, 1_500);
  }

  /** A number is the right one, or its name is among those that cannot be told. */
  private static void assertTold(Counted counted, String name, long number) {
    if (counted.numbers().unknown().contains(name)) {
      assertThat(counted.numbers().known()).doesNotContainKey(name);
    } else {
      assertThat(counted.numbers().known()).containsEntry(name, number);
    }
  }

  private static Counted all(List<Target> targets, Function<List<Target>, Counted> count) {
    var sum = Counted.NONE;
    while (sum.targets() < targets.size()) {
      var next = count.apply(targets.subList(sum.targets(), targets.size()));
      assertThat(next.targets()).isPositive();
      sum = sum.plus(next);
    }
    return sum;
  }
}
