package dev.bailiff.homeserver.store.pace;

import dev.bailiff.homeserver.batch.JobPace;
import dev.bailiff.homeserver.batch.PaceWish;
import dev.bailiff.homeserver.pace.LatencyProbe;
import dev.bailiff.homeserver.pace.LatencyWindow;
import dev.bailiff.homeserver.pace.LightCalls;
import dev.bailiff.homeserver.pace.Pace;
import dev.bailiff.homeserver.pace.TurnQueue;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The pace of a process: all gentle batches of all jobs share it. A batch of a job that is fast has
 * no bound, as its slots are one. Thread-safe.
 */
public final class StorePacing implements AutoCloseable {
  private static final LatencyWindow PROBE =
      new LatencyWindow(Duration.ofMillis(100), Duration.ofSeconds(3), 0.95, 10);

  /** In nanoseconds: nobody feels a read of this time. Below it, a slower read is chance. */
  private static final long UNFELT = 200_000;

  /** So long a batch waits in its slot, which a pause or a cancellation must not notice. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  private final StorePaceConfig config;
  private final long longestWait;
  private final LongSupplier nanos;
  private final LatencyProbe probe;
  private final GentleBatches gentle;
  private final TurnQueue turns;

  /**
   * @param reads what the probe measures
   */
  public StorePacing(StorePaceConfig config, LightCalls reads) {
    this(config, reads, LONGEST_WAIT, System::nanoTime);
  }

  StorePacing(StorePaceConfig config, LightCalls reads, Duration longestWait, LongSupplier nanos) {
    this.config = config;
    this.longestWait = longestWait.toNanos();
    this.nanos = nanos;
    this.probe = new LatencyProbe(reads, PROBE, took -> {}, nanos);
    this.gentle = new GentleBatches(this::readsSince, nanos);
    this.turns = new TurnQueue(gentle, nanos);
  }

  /**
   * Waits for the turn of a batch, for a second at most.
   *
   * @return the turn, which its batch ends; empty if the batch has to come again later
   */
  public Optional<Pace.Turn> await(PaceWish wish) {
    if (wish.pace() == JobPace.FAST) {
      return Optional.of(overloaded -> {});
    }
    probe.changeBegins();
    return isGentle(wish)
        ? turns.await(nanos.getAsLong() + longestWait)
        : Optional.of(overloaded -> {});
  }

  /** Whether the job's batch is worked gently. */
  public boolean isGentle(PaceWish wish) {
    return wish.pace() == JobPace.GENTLE
        || wish.pace() == null && wish.itemsBefore() >= config.burst();
  }

  private LatencyProbe.Finding readsSince(long time) {
    return probe.finding(config.slowdown(), UNFELT, time);
  }

  /** The speed of gentle batches for people, such as {@code gentle, …, database p95 18 ms}. */
  public String text() {
    return String.format(Locale.ROOT, "%s, database p95 %.1f ms", gentle.text(), probeMillis());
  }

  private double probeMillis() {
    return probe.recent().orElse(0) / 1e6;
  }

  /** The part of the time in which a gentle batch runs. */
  public double share() {
    return gentle.share();
  }

  /** The p95 of reads in seconds; 0 while no job is worked. */
  public double probe() {
    return probeMillis() / 1e3;
  }

  @Override
  public void close() {
    probe.close();
  }
}
