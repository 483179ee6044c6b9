package dev.bailiff.worker.simulation;

/**
 * Death of the process. This class is an {@link Error}, so that the engine does not catch it.
 * Uncommitted work is rolled back, as after a broken connection.
 */
final class SimulatedCrash extends Error {
  private static final long serialVersionUID = 1L;

  SimulatedCrash(String at) {
    super("killed at " + at, null, false, false);
  }
}
