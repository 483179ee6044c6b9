package dev.bailiff.benchmark;

import java.io.PrintStream;
import java.util.Locale;

/**
 * What all rows of a run are measured with.
 *
 * @param rounds of each pair
 * @param log what happens, for whoever waits
 */
record Bench(Servers servers, Scale scale, int rounds, PrintStream log) {

  /** One line. */
  void tell(String format, Object... values) {
    log.printf(Locale.ROOT, format + "%n", values);
  }
}
