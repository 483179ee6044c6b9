package dev.bailiff.homeserver.synapse.pace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import dev.bailiff.homeserver.synapse.http.NoAnswerException;
import dev.bailiff.testing.SettableNanos;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimedCallsTest {
  private final SettableNanos clock = new SettableNanos();

  @Test
  void aCallWithoutAnAnswerIsASlowValue() {
    var calls =
        new TimedCalls(
            () -> {
              clock.passMillis(8000);
              throw new NoAnswerException("no answer", null);
            });

    assertEquals(Duration.ofSeconds(8).toNanos(), calls.time(clock));
  }

  @Test
  void aSynapseThatIsAwayHasNoValue() {
    var calls =
        new TimedCalls(
            () -> {
              throw new HomeserverUnavailableException("away", null);
            });

    assertThrows(HomeserverUnavailableException.class, () -> calls.time(clock));
  }
}
