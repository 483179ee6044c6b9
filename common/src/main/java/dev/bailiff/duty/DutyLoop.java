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
 * Runs duties at their pace, on one thread: what does not come to its turn in time comes late,
 * never twice at once.
 */
public final class DutyLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DutyLoop.class);
  private static final int ROUNDS = 100;
  private static final Duration GATHERED = Duration.ofMillis(50);

  private final Pulse pulse;
  private final ScheduledExecutorService executor;

  /** When the next run that somebody asks for may begin, in nanoseconds. */
  private final Map<Duty, Long> next = new ConcurrentHashMap<>();

  private final Set<Duty> asked = ConcurrentHashMap.newKeySet();

  /**
   * @param name of the thread
   */
  public DutyLoop(String name) {
    this.pulse = new Pulse(name);
    this.executor =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              var thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Runs the duty every {@code pause}, the first time after one. */
  public void every(Duration pause, Duty duty) {
    executor.scheduleWithFixedDelay(
        () -> run(duty), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Runs the duty now, beside its pace; once for all who asked before it begins. On a busy machine
   * many ask: two runs begin {@link #GATHERED} apart, so that one does for many.
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
      // The loop's edge: a database that is away, or memory that ran out once, must not end the
      // duty for ever.
      LOG.warn("{} failed and will run again: {}", duty.getClass().getSimpleName(), e.toString());
    } finally {
      pulse.end();
    }
  }

  /** What is wrong with this loop now; empty if nothing is. */
  public Optional<String> complaint() {
    return pulse.complaint();
  }

  @Override
  public void close() {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(3, TimeUnit.SECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
