package dev.bailiff.standalone;

/** Exit codes of the command, for scripts; {@code --help} lists them. */
final class ExitCode {
  static final int DONE = 0;
  static final int ENDED_BADLY = 1;
  static final int WRONG_USAGE = 2;
  static final int REFUSED = 3;
  static final int NO_ANSWER = 4;
  static final int NOT_STARTED = 5;
  static final int COULD_NOT_GO_ON = 6;

  /**
   * Set by the script {@code bailiff-jvm} when a server runs out of memory, as the JVM has ended by
   * then.
   */
  static final int OUT_OF_MEMORY = 7;

  private ExitCode() {}
}
