package dev.bailiff.testing.synapse;

import static dev.bailiff.testing.synapse.SynapseHttp.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.redaction.Redaction;
import dev.bailiff.testing.homeserver.BatchDriver;
import dev.bailiff.testing.homeserver.contract.RedactionSteps;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedactionForksIT {
  private static final int MESSAGES = 60;

  private final SynapseFixture fixture = SynapseFixture.withAppservice();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void redactionsAtTheSameTimeLeaveTheRoomAsOneThread() {
    var spammer = new Target(0, fixture.newUser("spammer"));
    var room = fixture.newRoom(fixture.newUser("creator"), spammer.id());
    for (int n = 0; n < MESSAGES; n++) {
      fixture.send(room, spammer.id(), "Buy coins " + n);
    }
    var port = fixture.homeserver().redaction();
    var steps = new RedactionSteps(port, fixture.admin());
    var ranges = steps.ranges(steps.scope(spammer, null));

    var total =
        BatchDriver.run(
            (cursor, commit) ->
                port.redact(
                    new Redaction(ranges, cursor, 100, "job", fixture.admin(), false, "spam"),
                    commit));

    assertThat(total.done() + total.skipped()).isEqualTo(MESSAGES + 1L);
    assertThat(extremities(room)).isLessThanOrEqualTo(2);
  }

  private int extremities(String room) {
    return fixture
        .http()
        .admin(path("/_synapse/admin/v1/rooms/{}/forward_extremities", room))
        .ok()
        .path("count")
        .asInt();
  }
}
