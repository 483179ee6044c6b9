package dev.bailiff.homeserver.store.pace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bailiff.homeserver.pace.Pace.Turn;
import dev.bailiff.testing.SettableNanos;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GentleBatchesTest {
  private final SettableNanos clock = new SettableNanos();
  private boolean slow;
  private final GentleBatches batches = new GentleBatches(() -> slow, clock);

  @Test
  void oneBatchAtATimeAtFirst() {
    var turn = turn();
    assertTrue(batches.tryTurn().isEmpty());

    turn.end(false);

    turn();
  }

  @Test
  void theShareGrowsWhileBatchesWaitAndReadsAreQuick() {
    turn();
    assertTrue(batches.tryTurn().isEmpty());
    clock.passMillis(2000);

    turn();

    assertEquals("gentle, batches at a time: 2", batches.text());
    assertTrue(batches.tryTurn().isEmpty());
  }

  @Test
  void theShareDoesNotGrowIfNoBatchWaits() {
    for (int n = 0; n < 10; n++) {
      clock.passMillis(2000);
      turn().end(false);
    }

    assertEquals(1, batches.share());
  }

  @Test
  void slowReadsCutTheShareOnceInTheTimeOfTheProbe() {
    slow = true;
    clock.passMillis(3000);
    turn().end(false);
    assertEquals(0.7, batches.share(), 0.001);
    clock.passMillis(2900);
    turn().end(false);
    assertEquals(0.7, batches.share(), 0.001);

    clock.passMillis(100);
    turn().end(false);

    assertEquals(0.49, batches.share(), 0.001);
    assertEquals("gentle, a batch for 49 % of the time", batches.text());
  }

  @Test
  void behindABatchNothingRunsForTheRestOfTheTime() {
    slow = true;
    for (int n = 0; n < 10; n++) {
      clock.pass(Duration.ofSeconds(3));
      turn().end(false);
    }
    assertEquals(0.25, batches.share(), 0.001);
    slow = false;

    var turn = turn();
    clock.passMillis(500);
    turn.end(false);

    assertTrue(batches.tryTurn().isEmpty());
    assertEquals(Duration.ofMillis(1500).toNanos(), batches.waitNanos());
    clock.passMillis(1499);
    assertTrue(batches.tryTurn().isEmpty());
    clock.passMillis(1);
    turn();
  }

  @Test
  void aTimeOutOfTheDatabaseCutsTheShareAtOnce() {
    turn().end(true);

    assertEquals(0.7, batches.share(), 0.001);
  }

  private Turn turn() {
    return batches.tryTurn().orElseThrow();
  }
}
