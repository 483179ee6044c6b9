package dev.bailiff.homeserver.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.counting.UserEvents;
import dev.bailiff.homeserver.redaction.EventConditions;
import dev.bailiff.testing.homeserver.contract.CountingContract;
import dev.bailiff.testing.homeserver.contract.HomeserverFixture;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The own store counts as the contract says, and leaves nothing unknown. */
class CountingContractIT extends CountingContract {
  @RegisterExtension final StoreFixture fixture = new StoreFixture();

  @Override
  protected HomeserverFixture fixture() {
    return fixture;
  }

  @Test
  void theStoreTellsEventsAndBytes() {
    var user = new Target(0, fixture.newUser("sender"));
    var room = new Target(0, fixture.newRoom(user.id()));
    fixture.send(room.id(), user.id(), "one");
    var file = new Target(0, fixture.upload(user.id(), 700));
    var counting = fixture.homeserver().counting();

    var everywhere =
        new UserEvents(List.of(user), List.of(), false, 1_000, EventConditions.between(null, null));
    assertThat(counting.events(everywhere).numbers().known().get("events")).isEqualTo(2);
    var newest =
        new UserEvents(List.of(user), List.of(), false, 1, EventConditions.between(null, null));
    assertThat(counting.events(newest).numbers().known().get("events")).isEqualTo(1);
    assertThat(counting.rooms(List.of(room), true, false).numbers().known().get("events"))
        .isGreaterThanOrEqualTo(2);
    assertThat(counting.media(List.of(file)).numbers().known().get("bytes")).isEqualTo(700);
  }
}
