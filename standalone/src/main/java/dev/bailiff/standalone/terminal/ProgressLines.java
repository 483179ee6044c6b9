package dev.bailiff.standalone.terminal;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Prints a line for each change of state, and at most one line in five seconds while only numbers
 * change, so that a log stays readable.
 */
final class ProgressLines implements ProgressDisplay {
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final Terminal terminal;
  private final RowText text;
  private final LongSupplier nanos;
  private final Map<String, Printed> printed = new HashMap<>();

  ProgressLines(Terminal terminal) {
    this(terminal, System::nanoTime);
  }

  ProgressLines(Terminal terminal, LongSupplier nanos) {
    this.terminal = terminal;
    this.text = new RowText(terminal.columns());
    this.nanos = nanos;
  }

  @Override
  public void show(List<ProgressRow> rows) {
    for (ProgressRow row : rows) {
      if (isDue(row, printed.get(row.label()))) {
        terminal.out().println(text.line(row));
        printed.put(row.label(), new Printed(row, nanos.getAsLong()));
      }
    }
    terminal.out().flush();
  }

  @Override
  public void finish() {
    printed.clear();
  }

  private boolean isDue(ProgressRow row, @Nullable Printed last) {
    if (last == null || row.ended() != last.row.ended() || !row.state().equals(last.row.state())) {
      return true;
    }
    boolean changed = row.finished() != last.row.finished() || row.total() != last.row.total();
    return changed && !row.ended() && nanos.getAsLong() - last.at >= INTERVAL.toNanos();
  }

  private record Printed(ProgressRow row, long at) {}
}
