package dev.bailiff.standalone;

/** What the command's end says to scripts; {@code --help} lists them. */
final class ExitCode {
  static final int DONE = 0;
  static final int ENDED_BADLY = 1;
  static final int WRONG_USAGE = 2;
  static final int REFUSED = 3;
  static final int NO_ANSWER = 4;
  static final int NOT_STARTED = 5;

  private ExitCode() {}
}
