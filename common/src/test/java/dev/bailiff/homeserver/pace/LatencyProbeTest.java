package dev.bailiff.homeserver.pace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import dev.bailiff.testing.SettableNanos;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LatencyProbeTest {
  private static final LatencyWindow WINDOW =
      new LatencyWindow(Duration.ofMillis(250), Duration.ofSeconds(3), 0.5, 5);

  private final SettableNanos clock = new SettableNanos();
  private final List<Long> seen = new ArrayList<>();
  private long takes = 4;
  private @Nullable RuntimeException error;
  private final LatencyProbe probe = new LatencyProbe(this::lightCalls, WINDOW, seen::add, clock);

  @AfterEach
  void close() {
    probe.close();
  }

  @Test
  void theIdleValueIsThereBeforeTheFirstCallOfAJob() {
    probe.wake();

    assertEquals(millis(4), probe.idle());
    assertEquals(millis(4), probe.recent());
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

    assertEquals(before + WINDOW.least(), seen.size());
  }

  @Test
  void aHighQuantileSeesTheSlowestValuesAlone() {
    var slowest =
        new LatencyWindow(Duration.ofMillis(250), Duration.ofSeconds(5), 0.95, WINDOW.least());
    try (var watched = new LatencyProbe(this::lightCalls, slowest, seen::add, clock)) {
      rounds(watched, Duration.ofSeconds(10));
      takes = 40;
      rounds(watched, Duration.ofMillis(500));
      takes = 4;
      rounds(watched, Duration.ofSeconds(2));

      assertEquals(millis(40), watched.recent());
      assertEquals(millis(4), watched.idle());
    }
  }

  @Test
  void aHomeserverThatIsAwayHasNoValue() {
    error = new HomeserverUnavailableException("away", null);
    probe.wake();

    assertEquals(List.of(), seen);
    assertEquals(OptionalLong.empty(), probe.idle());
  }

  private long lightCalls(LongSupplier nanos) {
    long begin = nanos.getAsLong();
    clock.passMillis(takes);
    if (error != null) {
      throw error;
    }
    return nanos.getAsLong() - begin;
  }

  /** Rounds of the thread, four a second, while calls of jobs are under way. */
  private void rounds(Duration time) {
    rounds(probe, time);
  }

  private void rounds(LatencyProbe probe, Duration time) {
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
