package dev.bailiff.worker.consume;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The slots of a worker and their threads. Thread-safe once all slots are added. */
public final class Slots {
  private static final Logger LOG = LoggerFactory.getLogger(Slots.class);

  private final List<CommandLoop> loops = new ArrayList<>();
  private final Map<CommandLoop, Thread> threads = new HashMap<>();
  private boolean draining;

  /** Adds a slot. Must be called before the first start. */
  public void add(CommandLoop loop) {
    loops.add(loop);
  }

  /** Whether the slots have been started. */
  public synchronized boolean areStarted() {
    return !threads.isEmpty();
  }

  /** Starts every slot without a living thread, so that no slot stays down for good. */
  public synchronized void startMissing() {
    for (var loop : loops) {
      var last = threads.get(loop);
      if (!draining && (last == null || !last.isAlive())) {
        if (last != null) {
          LOG.error("{} had ended and is started again", last.getName());
        }
        var thread = new Thread(loop, "slot-" + loops.indexOf(loop));
        threads.put(loop, thread);
        thread.start();
      }
    }
  }

  /** Has every slot build a new consumer before its next poll, because Kafka was wiped. */
  public void rebuild() {
    loops.forEach(CommandLoop::rebuild);
  }

  /** The current faults of the slots, one sentence each; empty if all slots work. */
  public List<String> complaints() {
    if (!areStarted()) {
      return List.of("no slot has begun, as Kafka has not got its topics yet");
    }
    return loops.stream().map(CommandLoop::complaint).flatMap(Optional::stream).toList();
  }

  /**
   * Takes no new commands, and ends or gives back the segments in hand.
   *
   * @param limit longest wait for the slots to end
   */
  public void drain(Duration limit) {
    List<Thread> running;
    synchronized (this) {
      draining = true;
      running = List.copyOf(threads.values());
    }
    loops.forEach(CommandLoop::drain);
    long end = System.nanoTime() + limit.toNanos();
    for (var thread : running) {
      try {
        thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
