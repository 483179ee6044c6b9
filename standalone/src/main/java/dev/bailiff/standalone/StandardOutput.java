package dev.bailiff.standalone;

import java.io.PrintStream;

/** Standard output for what the command promises to write there, and for nothing else. */
final class StandardOutput {
  private StandardOutput() {}

  /** Takes standard output; what libraries print from now on goes to standard error. */
  static PrintStream claim() {
    PrintStream out = System.out;
    System.setOut(System.err);
    return out;
  }
}
