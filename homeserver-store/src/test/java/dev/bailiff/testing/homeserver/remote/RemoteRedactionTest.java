package dev.bailiff.testing.homeserver.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.redaction.EventsLeft;
import dev.bailiff.testing.homeserver.BatchDriver;
import dev.bailiff.testing.homeserver.contract.HomeserverFixture;
import dev.bailiff.testing.homeserver.contract.RedactionContract;
import dev.bailiff.testing.homeserver.remote.RemoteConditions.Trouble;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The remote fake keeps the contract of redaction, even if answers are lost. */
class RemoteRedactionTest extends RedactionContract {
  private final RemoteFixture fixture = new RemoteFixture();

  @Override
  protected HomeserverFixture fixture() {
    return fixture;
  }

  @Test
  void lostAnswerIsDoneOnce() {
    List<Range> ranges = steps().ranges(all());
    fixture.conditions().then(Trouble.LOST_ANSWER, Trouble.NONE, Trouble.LOST_ANSWER);

    BatchDriver.Total redacted = steps().redact(ranges);

    assertThat(redacted.items()).isEqualTo(ranges.stream().mapToLong(Range::items).sum());
    assertThat(homeserver().redaction().eventsLeft(all(), null)).isEqualTo(new EventsLeft(0, null));
  }
}
