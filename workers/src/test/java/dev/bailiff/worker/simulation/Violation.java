package dev.bailiff.worker.simulation;

/** A broken promise. The text names the promise, with the seed to play its schedule again. */
final class Violation extends AssertionError {
  private static final long serialVersionUID = 1L;

  Violation(String text) {
    super(text);
  }

  Violation(String text, Throwable cause) {
    super(text, cause);
  }
}
