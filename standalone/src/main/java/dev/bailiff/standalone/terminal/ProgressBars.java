package dev.bailiff.standalone.terminal;

import java.util.List;

/** One bar for each row, drawn over the previous bars by moving the cursor up. */
final class ProgressBars implements ProgressDisplay {
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final Terminal terminal;
  private final RowText text;
  private int drawn;

  ProgressBars(Terminal terminal) {
    this.terminal = terminal;
    this.text = new RowText(terminal.columns());
  }

  @Override
  public void show(List<ProgressRow> rows) {
    StringBuilder frame = new StringBuilder();
    if (drawn > 0) {
      frame.append("\u001b[").append(drawn).append('A'); // up, to the first row
    }
    for (ProgressRow row : rows) {
      frame.append(CLEAR_LINE).append(text.bar(row)).append('\n');
    }
    terminal.out().print(frame); // in one piece, so that a slow terminal does not flicker
    terminal.out().flush();
    drawn = rows.size();
  }

  @Override
  public void finish() {
    drawn = 0;
  }
}
