package dev.bailiff.testing.homeserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.homeserver.Homeserver;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.testing.homeserver.RemoteConditions.Trouble;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The remote fake keeps the contract, even if requests are lost or must come again later. */
class RemoteHomeserverFakeTest extends HomeserverContract {
  private final RemoteConditions conditions = new RemoteConditions();
  private final Homeserver homeserver = new RemoteHomeserverFake(conditions);

  @Override
  protected Homeserver homeserver() {
    return homeserver;
  }

  @Test
  void rateLimitAndLostRequestCostNothing() {
    conditions.then(Trouble.RATE_LIMITED, Trouble.LOST_REQUEST, Trouble.RATE_LIMITED);

    BatchDriver.Total closed = close(List.of(SPAMMER), false);

    assertThat(closed.done()).isEqualTo(1);
    assertThat(closed.skipped()).isZero();
  }

  @Test
  void lostAnswerIsDoneOnce() {
    List<Range> ranges = redactionRanges(scope(null));
    conditions.then(Trouble.LOST_ANSWER, Trouble.NONE, Trouble.LOST_ANSWER);

    BatchDriver.Total redacted = redact(ranges);

    assertThat(redacted.items()).isEqualTo(ranges.stream().mapToLong(Range::items).sum());
    assertThat(homeserver.redaction().verifyRedaction(scope(null)).leftOver()).isEmpty();
  }
}
