package dev.bailiff.standalone.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;

/**
 * The destination of output, and whether a person watches it.
 *
 * @param out shows control characters in printed lines
 * @param live true if the output is a terminal whose lines can be written again
 * @param columns width of a line in characters; for a pipe, the length that a line should not
 *     exceed
 */
public record Terminal(PrintStream out, boolean live, int columns) {
  /**
   * The launcher sets this property to the width if standard output is a terminal; Java 17 cannot
   * check one stream alone.
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
