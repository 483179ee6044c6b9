package dev.bailiff.worker.run;

import java.time.Duration;

/**
 * Hears what runs do, for metrics and for tests that wait for a moment. Called on the runs'
 * threads; must not block.
 */
public interface RunListener {

  /** Nobody listens. */
  RunListener NONE = new RunListener() {};

  /** A batch was committed. */
  default void batchCommitted(String kind, String stage, long items, Duration took) {}

  /** This worker ended a job. */
  default void jobEnded() {}
}
