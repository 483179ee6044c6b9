package dev.bailiff.worker.run.batch;

import java.time.Duration;

/**
 * Measures the time that goes into batches until they are recorded. The time after that, mostly of
 * the commit, is the same for a segment of one second and for an empty one, and grows with the load
 * of the machine. One thread.
 */
public final class WorkStopwatch {
  private long nanos;
  private long since;
  private boolean running;

  /** A batch begins. */
  public void resume() {
    pause();
    since = System.nanoTime();
    running = true;
  }

  /** A batch is recorded, or is over without that. */
  public void pause() {
    if (running) {
      nanos += System.nanoTime() - since;
      running = false;
    }
  }

  public Duration total() {
    return Duration.ofNanos(nanos);
  }
}
