package dev.bailiff.worker.run;

import java.time.Duration;

/**
 * Time that goes into batches until they are recorded. What comes then, the commit above all, takes
 * as long for a segment of a second as for one of nothing, and longer the more there is to do. One
 * thread.
 */
final class WorkTime {
  private long nanos;
  private long since;
  private boolean running;

  /** A batch begins. */
  void resume() {
    pause();
    since = System.nanoTime();
    running = true;
  }

  /** A batch is recorded, or is over without that. */
  void pause() {
    if (running) {
      nanos += System.nanoTime() - since;
      running = false;
    }
  }

  Duration total() {
    return Duration.ofNanos(nanos);
  }
}
