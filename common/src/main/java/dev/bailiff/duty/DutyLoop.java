package dev.bailiff.duty;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs duties at their pace, on one thread. A duty whose turn comes too late runs late, never twice
 * at once.
 */
public final class DutyLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DutyLoop.class);
  private static final int ROUNDS = 100;
  private static final Duration GATHERED = Duration.ofMillis(50);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(3);

  private final Pulse pulse;
  private final ScheduledExecutorService executor;

  /** Time from which the next requested run of a duty may begin, in nanoseconds. */
  private final Map<Duty, Long> next = new ConcurrentHashMap<>();

  private final Set<Duty> asked = ConcurrentHashMap.newKeySet();

  /**
   * @param name of the thread
   */
  public DutyLoop(String name) {
    this.pulse = new Pulse(name);
    this.executor = Executors.newSingleThreadScheduledExecutor(DaemonThreads.named(name));
  }

  /** Runs the duty every {@code pause}; the first run begins after one pause. */
  public void every(Duration pause, Duty duty) {
    executor.scheduleWithFixedDelay(
        () -> run(duty), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Runs the duty soon, in addition to its regular runs; one run serves all requests made before it
   * begins. On a busy machine there are many requests: runs begin at least {@link #GATHERED} apart,
   * so that one run serves many of them.
   */
  public void runNow(Duty duty) {
    if (!executor.isShutdown() && asked.add(duty)) {
      long now = System.nanoTime();
      long wait = Math.max(0, next.getOrDefault(duty, now) - now);
      executor.schedule(
          () -> {
            next.put(duty, System.nanoTime() + GATHERED.toNanos());
            asked.remove(duty);
            run(duty);
          },
          wait,
          TimeUnit.NANOSECONDS);
    }
  }

  private void run(Duty duty) {
    try {
      pulse.begin();
      int round = 0;
      while (duty.runOnce() && round++ < ROUNDS) {
        pulse.begin();
        LOG.debug("{} has more to do", duty.getClass().getSimpleName());
      }
    } catch (RuntimeException | Error e) {
      // No failure may end the duty for good: the database may be away, or memory may have run out
      // once.
      LOG.warn("{} failed and will run again: {}", duty.getClass().getSimpleName(), e.toString());
    } finally {
      pulse.end();
    }
  }

  /** The current fault of this loop; empty if the loop has no fault. */
  public Optional<String> complaint() {
    return pulse.complaint();
  }

  @Override
  public void close() {
    DaemonThreads.stop(executor, STOP_LIMIT);
  }
}
