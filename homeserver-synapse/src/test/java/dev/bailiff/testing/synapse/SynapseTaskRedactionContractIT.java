package dev.bailiff.testing.synapse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.redaction.EventConditions;
import dev.bailiff.homeserver.redaction.RedactionScope;
import dev.bailiff.testing.homeserver.contract.HomeserverFixture;
import dev.bailiff.testing.homeserver.contract.RedactionContract;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A real Synapse keeps the contract of redaction, by tasks of its own. */
@Tag("synapse")
class SynapseTaskRedactionContractIT extends RedactionContract {
  private final SynapseFixture fixture = SynapseFixture.withoutAppservice();

  @Override
  protected HomeserverFixture fixture() {
    return fixture;
  }

  /** A task would redact what lies between the chosen events as well. */
  @Test
  void eventsThatATaskCannotChooseFailAndStay() {
    var ann = new Target(0, fixture.newUser("choose-ann"));
    var room = fixture.newRoom(ann.id());
    var chosen = fixture.send(room, ann.id(), "coins");
    var other = fixture.send(room, ann.id(), "tea");
    var scope =
        new RedactionScope(
            ann,
            List.of(room),
            null,
            new EventConditions(List.of("m.room.message"), null, null, "coins"));

    var redacted = steps().redact(steps().ranges(scope));

    assertThat(redacted.done()).isZero();
    assertThat(redacted.failures())
        .singleElement()
        .satisfies(failure -> assertThat(failure.item()).isEqualTo(chosen))
        .satisfies(failure -> assertThat(failure.text()).contains("'types' or 'contains'"));
    assertThat(fixture.isRedacted(room, chosen)).isFalse();
    assertThat(fixture.isRedacted(room, other)).isFalse();
  }

  @AfterEach
  void close() {
    fixture.close();
  }
}
