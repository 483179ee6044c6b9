package dev.bailiff.standalone.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;

/**
 * Where output goes, and whether a person watches it.
 *
 * @param out whose lines show control characters of what is printed
 * @param live true if the output is a terminal whose lines can be written again
 * @param columns width of a line in characters; for a pipe, what a line should not exceed
 */
public record Terminal(PrintStream out, boolean live, int columns) {
  /**
   * Set by the launcher to the width if standard output is a terminal; Java 17 cannot tell that of
   * one stream alone.
   */
  private static final String COLUMNS_PROPERTY = "bailiff.terminal.columns";

  private static final int DEFAULT_COLUMNS = 100;
  private static final int MIN_COLUMNS = 40;

  /** The standard output of this process. */
  public static Terminal ofProcess() {
    int columns = Integer.getInteger(COLUMNS_PROPERTY, 0);
    PrintStream out = new VisibleStream(new FileOutputStream(FileDescriptor.out));
    return columns > 0
        ? new Terminal(out, true, Math.max(columns, MIN_COLUMNS))
        : new Terminal(out, false, DEFAULT_COLUMNS);
  }

  /** A display that suits the output: bars where they can be redrawn, lines elsewhere. */
  public ProgressDisplay progress() {
    return live ? new ProgressBars(this) : new ProgressLines(this);
  }
}
