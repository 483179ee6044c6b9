package dev.bailiff.homeserver.pace;

import dev.bailiff.duty.DaemonThreads;
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
 * Measures how long light calls of the homeserver take, again and again while jobs change something
 * there. The first values are taken before the first change. While no job works it costs nothing.
 *
 * <p><b>Concurrency:</b> thread-safe; one thread of its own.
 */
public final class LatencyProbe implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LatencyProbe.class);

  /** So long after the last change of a job the probe goes on. */
  private static final long AWAKE = Duration.ofSeconds(5).toNanos();

  /** How long a batch waits for the first values at most. */
  private static final long FIRST_VALUES = Duration.ofSeconds(1).toNanos();

  /** If the last value is older, first values are taken again. */
  private static final long FRESH = Duration.ofMinutes(1).toNanos();

  private final LightCalls lightCalls;
  private final LatencyWindow window;
  private final LongConsumer onValue;
  private final LongSupplier nanos;
  private final LatencyValues values;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("homeserver-probe"));
  private volatile long usedAt;
  private boolean awake;
  private boolean scheduled;
  private OptionalLong lastAt = OptionalLong.empty();

  /**
   * @param lightCalls the calls that are measured
   * @param window how often, and what counts as the time of now
   * @param onValue gets each value
   * @param nanos the clock
   */
  public LatencyProbe(
      LightCalls lightCalls, LatencyWindow window, LongConsumer onValue, LongSupplier nanos) {
    this.lightCalls = lightCalls;
    this.window = window;
    this.onValue = onValue;
    this.nanos = nanos;
    this.values = new LatencyValues(window);
  }

  /** Takes note that a job is about to change something. */
  public void changeBegins() {
    wake();
    synchronized (this) {
      if (!scheduled) {
        scheduled = true;
        long period = window.period().toMillis();
        thread.scheduleWithFixedDelay(this::round, period, period, TimeUnit.MILLISECONDS);
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
      for (int n = 0; n < window.least() && nanos.getAsLong() - now < FIRST_VALUES; n++) {
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
    long took;
    try {
      took = lightCalls.time(nanos);
    } catch (RuntimeException e) {
      // Jobs meet it too. The time until then says nothing of the homeserver.
      LOG.debug("the probe has no value: {}", e.toString());
      return;
    }
    long now = nanos.getAsLong();
    values.add(now, took);
    noteTime(now);
    onValue.accept(took);
  }

  private synchronized void noteTime(long now) {
    lastAt = OptionalLong.of(now);
  }

  /** What is known of the time of light calls. */
  public enum Finding {
    QUICK,
    SLOW,
    /** There are too few values. */
    UNKNOWN
  }

  /** Whether light calls take longer than so many times their time on an idle homeserver. */
  public boolean isSlowerThan(double slowdown) {
    return finding(slowdown, 0, nanos.getAsLong() - window.length().toNanos()) == Finding.SLOW;
  }

  /**
   * Whether light calls take longer than so many times their time on an idle homeserver.
   *
   * @param unfelt an idle time below this one counts as this one, in nanoseconds
   * @param since only calls after this time of the clock count
   */
  public Finding finding(double slowdown, long unfelt, long since) {
    long now = nanos.getAsLong();
    var recent = values.recent(now, since);
    var idle = values.idle(now);
    if (recent.isEmpty() || idle.isEmpty()) {
      return Finding.UNKNOWN;
    }
    return recent.getAsLong() > slowdown * Math.max(unfelt, idle.getAsLong())
        ? Finding.SLOW
        : Finding.QUICK;
  }

  /** The time of now in nanoseconds; empty while the probe sleeps. */
  public OptionalLong recent() {
    return values.recent(nanos.getAsLong());
  }

  /** The time on an idle homeserver. */
  OptionalLong idle() {
    return values.idle(nanos.getAsLong());
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
