package dev.bailiff.homeserver.synapse.pace;

import dev.bailiff.homeserver.batch.JobPace;
import dev.bailiff.homeserver.batch.PaceWish;
import dev.bailiff.homeserver.pace.LatencyProbe;
import dev.bailiff.homeserver.pace.LatencyWindow;
import dev.bailiff.homeserver.pace.TurnQueue;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * The paces of a process: one for all fast calls of all jobs, one for all gentle calls, and the
 * probe that both follow. Thread-safe.
 */
public final class Pacing implements AutoCloseable {
  /** What the probe measures: the median of 3 s, by four values a second. */
  static final LatencyWindow PROBE =
      new LatencyWindow(Duration.ofMillis(250), Duration.ofSeconds(3), 0.5, 5);

  private final PaceConfig config;
  private final FastPace fast;
  private final GentlePace gentle;
  private final TurnQueue fastTurns;
  private final TurnQueue gentleTurns;
  private final LatencyProbe probe;

  /**
   * @param lightCalls the calls that the probe measures
   */
  public Pacing(PaceConfig config, Runnable lightCalls) {
    this(config, lightCalls, System::nanoTime);
  }

  Pacing(PaceConfig config, Runnable lightCalls, LongSupplier nanos) {
    this.config = config;
    this.fast = new FastPace(config.most(), nanos);
    this.probe = new LatencyProbe(new TimedCalls(lightCalls), PROBE, fast::probed, nanos);
    this.gentle = new GentlePace(() -> probe.isSlowerThan(config.slowdown()), nanos);
    this.fastTurns = new TurnQueue(fast, nanos);
    this.gentleTurns = new TurnQueue(gentle, nanos);
  }

  /**
   * The calls of one batch.
   *
   * @param end time of {@link System#nanoTime} after which no call begins
   */
  public PacedCalls batch(PaceWish wish, long end) {
    return new PacedCalls(this, wish, end);
  }

  /** The pace of a job's item, by the number of items before it. */
  JobPace of(PaceWish wish, long before) {
    var pace = wish.pace();
    if (pace != null) {
      return pace;
    }
    return before < config.burst() ? JobPace.FAST : JobPace.GENTLE;
  }

  TurnQueue turns(JobPace pace) {
    return pace == JobPace.FAST ? fastTurns : gentleTurns;
  }

  /** The speed at this moment, for people. */
  String text(JobPace pace) {
    return pace == JobPace.FAST ? fast.text() : gentle.text();
  }

  void callBegins() {
    probe.changeBegins();
  }

  /** Calls in flight at most, of fast jobs. */
  public int limit() {
    return fast.limit();
  }

  /** Calls in a second, of gentle jobs. */
  public double rate() {
    return gentle.rate();
  }

  /** Median of the probe in nanoseconds; empty while no calls of jobs are under way. */
  public OptionalLong probe() {
    return probe.recent();
  }

  @Override
  public void close() {
    probe.close();
  }
}
