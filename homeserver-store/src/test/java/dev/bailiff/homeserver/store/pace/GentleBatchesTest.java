package dev.bailiff.homeserver.store.pace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bailiff.homeserver.pace.LatencyProbe.Finding;
import dev.bailiff.homeserver.pace.Pace.Turn;
import dev.bailiff.testing.SettableNanos;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GentleBatchesTest {
  private final SettableNanos clock = new SettableNanos();
  private Finding reads = Finding.QUICK;
  private final GentleBatches batches = new GentleBatches(since -> reads, clock);

  @Test
  void aQuarterOfTheTimeAtFirst() {
    reads = Finding.UNKNOWN;
    turn();

    assertTrue(batches.tryTurn().isEmpty());
    assertEquals(0.25, batches.share());
    assertEquals("gentle, a batch for 25 % of the time", batches.text());
  }

  @Test
  void theShareGrowsWhileBatchesWaitAndReadsAreQuick() {
    grow();

    assertEquals("gentle, a batch for 100 % of the time", batches.text());
    var only = turn();
    assertTrue(batches.tryTurn().isEmpty());
    only.end(false);
    turn();
  }

  @Test
  void theShareDoesNotGrowIfNoBatchWaits() {
    for (int n = 0; n < 10; n++) {
      clock.passMillis(2000);
      turn().end(false);
    }

    assertEquals(0.25, batches.share());
  }

  @Test
  void whileReadsTellNothingTheShareStays() {
    grow();
    double grown = batches.share();
    reads = Finding.UNKNOWN;
    clock.passMillis(2999);
    turn().end(false);
    assertEquals(grown, batches.share());

    clock.passMillis(3000);
    turn().end(false);

    assertEquals(grown * 0.7, batches.share(), 0.001);
  }

  @Test
  void slowReadsCutTheShareToATenthAtLeast() {
    grow();
    reads = Finding.SLOW;
    for (int n = 0; n < 20; n++) {
      clock.pass(Duration.ofSeconds(3));
      turn().end(false);
    }

    assertEquals(0.1, batches.share(), 0.001);
  }

  @Test
  void aCutTakesMoreThanAGrowthGives() {
    reads = Finding.SLOW;
    turn().end(false);
    reads = Finding.QUICK;
    var turn = turn();
    batches.tryTurn();
    batches.tryTurn();
    turn.end(false);

    assertTrue(batches.share() < 0.25, "one cut, one growth");
  }

  @Test
  void behindABatchNothingRunsForTheRestOfTheTime() {
    reads = Finding.UNKNOWN;
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
    grow();
    reads = Finding.UNKNOWN;
    double grown = batches.share();

    turn().end(true);

    assertEquals(grown * 0.7, batches.share(), 0.001);
  }

  /** Until a batch may run all the time. */
  private void grow() {
    var turn = turn();
    for (int n = 0; n < 20; n++) {
      batches.tryTurn().ifPresent(second -> second.end(false));
    }
    turn.end(false);
  }

  private Turn turn() {
    return batches.tryTurn().orElseThrow();
  }
}
