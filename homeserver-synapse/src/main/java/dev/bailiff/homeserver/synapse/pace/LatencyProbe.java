package dev.bailiff.homeserver.synapse.pace;

import dev.bailiff.duty.DaemonThreads;
import dev.bailiff.homeserver.synapse.http.NoAnswerException;
import dev.bailiff.homeserver.synapse.http.UnexpectedAnswerException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures how long two light calls take, four times a second while calls of jobs are under way.
 * The first values are taken before the first of those calls.
 *
 * <p><b>Concurrency:</b> thread-safe; one thread of its own.
 */
final class LatencyProbe implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LatencyProbe.class);
  private static final Duration PERIOD = Duration.ofMillis(250);

  /** So long after the last call of a job the probe goes on. */
  private static final long AWAKE = Duration.ofSeconds(5).toNanos();

  /** If the last value is older, first values are taken again. */
  /** How long a batch waits for the first values at most. */
  private static final long FIRST_VALUES = Duration.ofSeconds(1).toNanos();

  private static final long FRESH = Duration.ofMinutes(1).toNanos();

  private final Runnable lightCalls;
  private final LongConsumer onValue;
  private final LongSupplier nanos;
  private final LatencyValues values = new LatencyValues();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("synapse-probe"));
  private volatile long usedAt;
  private boolean awake;
  private boolean scheduled;
  private OptionalLong lastAt = OptionalLong.empty();

  /**
   * @param lightCalls the calls that are measured
   * @param onValue gets each value
   * @param nanos the clock
   */
  LatencyProbe(Runnable lightCalls, LongConsumer onValue, LongSupplier nanos) {
    this.lightCalls = lightCalls;
    this.onValue = onValue;
    this.nanos = nanos;
  }

  /** Takes note that a call of a job is about to begin. */
  void callBegins() {
    wake();
    synchronized (this) {
      if (!scheduled) {
        scheduled = true;
        thread.scheduleWithFixedDelay(
            this::round, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
  }

  /** Measures from now on. The first values are there when this returns. */
  synchronized void wake() {
    long now = nanos.getAsLong();
    usedAt = now;
    if (awake) {
      return;
    }
    if (lastAt.isEmpty() || now - lastAt.getAsLong() > FRESH) {
      for (int n = 0; n < LatencyValues.LEAST && nanos.getAsLong() - now < FIRST_VALUES; n++) {
        take();
      }
    }
    awake = true;
  }

  /** One round of the thread. */
  void round() {
    synchronized (this) {
      awake = awake && nanos.getAsLong() - usedAt < AWAKE;
      if (!awake) {
        return;
      }
    }
    take();
  }

  private void take() {
    long begin = nanos.getAsLong();
    try {
      lightCalls.run();
    } catch (NoAnswerException | UnexpectedAnswerException e) {
      LOG.debug("the probe's time ends with an error: {}", e.toString());
    } catch (RuntimeException e) {
      // The calls of jobs meet it too. The time until then is no value of Synapse.
      LOG.debug("the probe has no value: {}", e.toString());
      return;
    }
    long now = nanos.getAsLong();
    values.add(now, now - begin);
    noteTime(now);
    onValue.accept(now - begin);
  }

  private synchronized void noteTime(long now) {
    lastAt = OptionalLong.of(now);
  }

  /** Whether light calls take longer than so many times the value of an idle server. */
  boolean isSlowerThan(double slowdown) {
    long now = nanos.getAsLong();
    var median = values.median(now);
    var idle = values.idle(now);
    return median.isPresent()
        && idle.isPresent()
        && median.getAsLong() > slowdown * idle.getAsLong();
  }

  /** The median of the last 3 s; empty while the probe sleeps. */
  OptionalLong median() {
    return values.median(nanos.getAsLong());
  }

  /** The value of an idle server. */
  OptionalLong idle() {
    return values.idle(nanos.getAsLong());
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
