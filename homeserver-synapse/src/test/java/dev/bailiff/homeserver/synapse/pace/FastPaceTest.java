package dev.bailiff.homeserver.synapse.pace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bailiff.homeserver.pace.Pace;
import dev.bailiff.testing.SettableNanos;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FastPaceTest {
  private final SettableNanos clock = new SettableNanos();
  private final FastPace pace = new FastPace(32, clock);

  @Test
  void noMoreCallsThanTheLimitBegin() {
    assertEquals(4, fill().size());
    assertTrue(pace.tryTurn().isEmpty());
  }

  @Test
  void theLimitGrowsByOneWithEachCallWhileItIsFull() {
    for (var turn : fill().subList(1, 4)) {
      turn.end(false);
    }

    assertEquals(7, pace.limit());
  }

  @Test
  void theLimitDoesNotGrowWhileFewCallsAreUnderWay() {
    for (int n = 0; n < 20; n++) {
      pace.tryTurn().orElseThrow().end(false);
    }

    assertEquals(4, pace.limit());
  }

  @Test
  void theLimitStopsAtMost() {
    growTo(32);

    round(false);

    assertEquals(32, pace.limit());
  }

  @Test
  void anOverloadedAnswerCutsTheLimitOnceForAllCallsOfItsTime() {
    growTo(32);

    round(true);

    assertEquals(22, pace.limit());
  }

  @Test
  void aLaterOverloadCutsAgainDownToOne() {
    growTo(32);
    List<Integer> limits = new ArrayList<>();
    for (int n = 0; n < 10; n++) {
      round(true);
      limits.add(pace.limit());
    }

    assertEquals(List.of(22, 15, 10, 7, 4, 2, 1, 1, 1, 1), limits);
  }

  @Test
  void aSlowProbeCutsTheLimit() {
    growTo(32);
    clock.passMillis(501);

    pace.probed(Duration.ofMillis(501).toNanos());

    assertEquals(22, pace.limit());
  }

  @Test
  void aProbeOfHalfASecondCutsNothing() {
    growTo(32);
    clock.passMillis(500);

    pace.probed(Duration.ofMillis(500).toNanos());

    assertEquals(32, pace.limit());
  }

  @Test
  void aCutHoldsBackCallsUntilEnoughHaveEnded() {
    growTo(10);
    clock.passMillis(1);
    var turns = fill();
    assertEquals(11, turns.size());
    turns.remove(0).end(true);
    assertEquals(7, pace.limit());
    turns.subList(0, 3).forEach(turn -> turn.end(true));
    assertTrue(pace.tryTurn().isEmpty());

    turns.get(3).end(true);

    assertTrue(pace.tryTurn().isPresent());
  }

  private void growTo(int limit) {
    while (pace.limit() < limit) {
      round(false);
    }
  }

  /** Sends as many calls as may be under way and ends them. */
  private void round(boolean overloaded) {
    clock.passMillis(1);
    var turns = fill();
    clock.passMillis(1);
    turns.forEach(turn -> turn.end(overloaded));
  }

  private List<Pace.Turn> fill() {
    var turns = new ArrayList<Pace.Turn>();
    for (var turn = pace.tryTurn(); turn.isPresent(); turn = pace.tryTurn()) {
      turns.add(turn.get());
    }
    return turns;
  }
}
