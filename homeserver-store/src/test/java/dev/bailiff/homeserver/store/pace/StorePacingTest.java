package dev.bailiff.homeserver.store.pace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bailiff.homeserver.batch.JobPace;
import dev.bailiff.homeserver.batch.PaceWish;
import dev.bailiff.testing.SettableNanos;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StorePacingTest {
  private static final StorePaceConfig CONFIG = new StorePaceConfig(100, 2);

  private final SettableNanos clock = new SettableNanos();
  private int reads;
  private final StorePacing pacing =
      new StorePacing(
          CONFIG,
          nanos -> {
            reads++;
            clock.passMillis(2);
            return 2_000_000;
          },
          Duration.ZERO,
          clock);

  @AfterEach
  void close() {
    pacing.close();
  }

  @Test
  void theFirstItemsOfAJobAreFastAndTheRestIsGentle() {
    assertTrue(pacing.await(wish(null, 99)).isPresent());
    assertTrue(pacing.await(wish(null, 99)).isPresent());
    assertFalse(pacing.isGentle(wish(null, 99)));

    assertTrue(pacing.await(wish(null, 100)).isPresent());
    assertTrue(pacing.await(wish(null, 100)).isEmpty());

    assertTrue(pacing.isGentle(wish(null, 100)));
    assertEquals("gentle, a batch for 25 % of the time, database p95 2.0 ms", pacing.text());
  }

  @Test
  void aFastJobNeverWaitsAndIsNotMeasured() {
    for (int n = 0; n < 3; n++) {
      assertTrue(pacing.await(wish(JobPace.FAST, 1_000_000)).isPresent());
    }

    assertEquals(0, reads);
  }

  @Test
  void theIdleTimeIsTakenBeforeTheFirstBatchOfAJob() {
    assertTrue(pacing.await(wish(null, 0)).isPresent());

    assertEquals(10, reads);
    assertEquals(0.002, pacing.probe(), 0.0001);
  }

  @Test
  void aBatchWhoseTurnDoesNotComeHasToComeAgain() {
    var turn = pacing.await(wish(JobPace.GENTLE, 0)).orElseThrow();
    assertTrue(pacing.await(wish(JobPace.GENTLE, 0)).isEmpty());

    turn.end(false);

    assertTrue(pacing.await(wish(JobPace.GENTLE, 0)).isPresent());
  }

  private static PaceWish wish(@Nullable JobPace pace, long before) {
    return new PaceWish(pace, before);
  }
}
