package dev.bailiff.worker.simulation;

/**
 * The process is gone: an {@link Error}, so that nothing of the engine catches it. What was not
 * committed is rolled back, as a broken connection does.
 */
final class SimulatedCrash extends Error {
  private static final long serialVersionUID = 1L;

  SimulatedCrash(String at) {
    super("killed at " + at, null, false, false);
  }
}
