package dev.bailiff.standalone;

/** What the command's end says to scripts; {@code --help} lists them. */
final class ExitCode {
  static final int DONE = 0;
  static final int ENDED_BADLY = 1;
  static final int WRONG_USAGE = 2;
  static final int REFUSED = 3;
  static final int NO_ANSWER = 4;
  static final int NOT_STARTED = 5;
  static final int COULD_NOT_GO_ON = 6;

  /** Of a server the script {@code bailiff-jvm} gives it, as the JVM is gone by then. */
  static final int OUT_OF_MEMORY = 7;

  private ExitCode() {}
}
