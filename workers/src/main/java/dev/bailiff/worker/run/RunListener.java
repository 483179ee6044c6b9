package dev.bailiff.worker.run;

import java.time.Duration;

/**
 * Observes runs, for metrics and for tests that wait for a moment. Called on the runs' threads;
 * must not block.
 */
public interface RunListener {

  /** Ignores every event. */
  RunListener NONE = new RunListener() {};

  /** A batch was committed. */
  default void batchCommitted(String kind, String stage, long items, Duration took) {}

  /** The last segment of a stage was committed; the job is not settled yet. */
  default void stageEnded(String kind, String stage) {}

  /** This worker ended a job. */
  default void jobEnded() {}
}
