package dev.bailiff.homeserver.synapse.pace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import dev.bailiff.homeserver.synapse.http.NoAnswerException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LatencyProbeTest {
  private final SettableClock clock = new SettableClock();
  private final List<Long> seen = new ArrayList<>();
  private long takes = 4;
  private @Nullable RuntimeException error;
  private final LatencyProbe probe = new LatencyProbe(this::lightCalls, seen::add, clock);

  @AfterEach
  void close() {
    probe.close();
  }

  @Test
  void theIdleValueIsThereBeforeTheFirstCallOfAJob() {
    probe.wake();

    assertEquals(millis(4), probe.idle());
    assertEquals(millis(4), probe.median());
  }

  @Test
  void theIdleValueIsTheLowestMedianOfTheLastHour() {
    takes = 6;
    rounds(Duration.ofMinutes(10));
    takes = 3;
    rounds(Duration.ofMinutes(1));
    takes = 9;
    rounds(Duration.ofMinutes(59));
    assertEquals(millis(3), probe.idle());

    rounds(Duration.ofMinutes(2));

    assertEquals(millis(9), probe.idle());
  }

  @Test
  void oneLowValueIsNoIdleValue() {
    rounds(Duration.ofSeconds(30));
    takes = 1;
    rounds(Duration.ofMillis(250));
    takes = 4;
    rounds(Duration.ofSeconds(30));

    assertEquals(millis(4), probe.idle());
  }

  @Test
  void aMedianAboveTheBoundIsSlow() {
    rounds(Duration.ofSeconds(10));
    takes = 6;
    rounds(Duration.ofSeconds(10));
    assertFalse(probe.isSlowerThan(1.5));

    takes = 7;
    rounds(Duration.ofSeconds(10));

    assertTrue(probe.isSlowerThan(1.5));
  }

  @Test
  void aProbeThatSleepsIsNotSlowAndMeasuresNothing() {
    rounds(Duration.ofSeconds(10));
    takes = 100;
    rounds(Duration.ofSeconds(3));
    assertTrue(probe.isSlowerThan(1.5));
    clock.pass(Duration.ofSeconds(5));
    int before = seen.size();

    probe.round();

    assertEquals(before, seen.size());
    assertFalse(probe.isSlowerThan(1.5));
  }

  @Test
  void aProbeThatWokeUpLateMeasuresBeforeTheNextCall() {
    rounds(Duration.ofSeconds(10));
    clock.pass(Duration.ofMinutes(2));
    probe.round();
    int before = seen.size();

    probe.wake();

    assertEquals(before + LatencyValues.LEAST, seen.size());
  }

  @Test
  void aCallWithoutAnAnswerIsASlowValue() {
    error = new NoAnswerException("no answer", null);
    takes = 8000;
    probe.wake();

    assertEquals(Duration.ofSeconds(8).toNanos(), seen.get(0));
  }

  @Test
  void aHomeserverThatIsAwayHasNoValue() {
    error = new HomeserverUnavailableException("away", null);
    probe.wake();

    assertEquals(List.of(), seen);
    assertEquals(OptionalLong.empty(), probe.idle());
  }

  private void lightCalls() {
    clock.passMillis(takes);
    if (error != null) {
      throw error;
    }
  }

  /** Rounds of the thread, four a second, while calls of jobs are under way. */
  private void rounds(Duration time) {
    for (long left = time.toMillis(); left > 0; left -= 250) {
      probe.wake();
      probe.round();
      clock.passMillis(250 - takes);
    }
  }

  private static OptionalLong millis(long millis) {
    return OptionalLong.of(Duration.ofMillis(millis).toNanos());
  }
}
