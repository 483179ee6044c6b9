package dev.bailiff.homeserver.synapse.pace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bailiff.testing.SettableNanos;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GentlePaceTest {
  private final SettableNanos clock = new SettableNanos();
  private boolean slow;
  private final GentlePace pace = new GentlePace(() -> slow, clock);

  @Test
  void oneCallIsUnderWayAtATime() {
    var turn = pace.tryTurn().orElseThrow();
    clock.pass(Duration.ofSeconds(1));
    assertTrue(pace.tryTurn().isEmpty());
    assertEquals(Long.MAX_VALUE, pace.waitNanos());

    turn.end(false);

    assertTrue(pace.tryTurn().isPresent());
  }

  @Test
  void callsAreSpacedByTheRate() {
    pace.tryTurn().orElseThrow().end(false);

    assertTrue(pace.tryTurn().isEmpty());
    assertEquals(Duration.ofMillis(200).toNanos(), pace.waitNanos());
    clock.passMillis(200);
    assertTrue(pace.tryTurn().isPresent());
  }

  @Test
  void theRateGrowsByOneEachTwoSecondsWhileCallsWait() {
    work(Duration.ofSeconds(12));

    assertEquals(11, pace.rate());
    assertEquals("gentle, 11/s", pace.text());
  }

  @Test
  void theRateDoesNotGrowWhileNoCallWaitsForIt() {
    for (int n = 0; n < 10; n++) {
      pace.tryTurn().orElseThrow().end(false);
      clock.pass(Duration.ofSeconds(1));
    }

    assertEquals(5, pace.rate());
  }

  @Test
  void aSlowProbeCutsTheRateOnceInThreeSeconds() {
    work(Duration.ofSeconds(10));
    assertEquals(10, pace.rate());
    slow = true;

    work(Duration.ofSeconds(3));
    assertEquals(7, pace.rate(), 0.001);
    work(Duration.ofSeconds(3));
    assertEquals(4.9, pace.rate(), 0.001);
  }

  @Test
  void theRateNeverFallsBelowOneASecond() {
    slow = true;

    work(Duration.ofMinutes(1));

    assertEquals(1, pace.rate());
  }

  @Test
  void theRateGrowsAgainWhenTheProbeIsFastAgain() {
    slow = true;
    work(Duration.ofMinutes(1));
    slow = false;

    work(Duration.ofSeconds(6));

    assertEquals(4, pace.rate(), 0.001);
  }

  @Test
  void anOverloadedAnswerCutsTheRateAtOnce() {
    pace.tryTurn().orElseThrow().end(true);

    assertEquals(3.5, pace.rate(), 0.001);
  }

  /** Makes calls that take no time, as many as may begin. */
  private void work(Duration time) {
    for (long left = time.toMillis(); left > 0; left -= 10) {
      clock.passMillis(10);
      pace.tryTurn().ifPresent(turn -> turn.end(false));
    }
  }
}
