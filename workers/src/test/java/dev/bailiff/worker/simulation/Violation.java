package dev.bailiff.worker.simulation;

/** One of the promises was broken; the text says which, with the seed to play it again. */
final class Violation extends AssertionError {
  private static final long serialVersionUID = 1L;

  Violation(String text) {
    super(text);
  }

  Violation(String text, Throwable cause) {
    super(text, cause);
  }
}
