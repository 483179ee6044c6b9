package dev.bailiff.benchmark.row;

import dev.bailiff.benchmark.data.Scale;
import dev.bailiff.benchmark.data.Servers;
import java.io.PrintStream;
import java.util.Locale;

/**
 * What all rows of a run are measured with.
 *
 * @param rounds of each pair
 * @param log what happens, for whoever waits
 */
public record Bench(Servers servers, Scale scale, int rounds, PrintStream log) {

  /** One line. */
  public void tell(String format, Object... values) {
    log.printf(Locale.ROOT, format + "%n", values);
  }
}
