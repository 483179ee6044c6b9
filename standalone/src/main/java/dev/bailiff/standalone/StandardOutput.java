package dev.bailiff.standalone;

import java.io.PrintStream;

/** Reserves standard output for the text that the command promises to write there. */
final class StandardOutput {
  private StandardOutput() {}

  /** Takes standard output. From now on the output of libraries goes to standard error. */
  static PrintStream claim() {
    PrintStream out = System.out;
    System.setOut(System.err);
    return out;
  }
}
