package dev.bailiff.worker.run.batch;

import java.time.Duration;

/**
 * Measures the time that goes into batches until they are recorded. The time after that is mostly
 * the commit. It is the same for a segment of one second and for an empty one, and grows with the
 * load of the machine. One thread.
 */
public final class WorkStopwatch {
  private long nanos;
  private long since;
  private boolean running;

  /** Starts measuring as a batch begins. */
  public void resume() {
    pause();
    since = System.nanoTime();
    running = true;
  }

  /** Stops measuring as a batch is recorded, or ends unrecorded. */
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
