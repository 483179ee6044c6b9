package dev.bailiff.benchmark.row;

import dev.bailiff.benchmark.data.Scale;
import dev.bailiff.benchmark.data.Servers;
import dev.bailiff.benchmark.live.SynapseOnDemand;
import java.io.PrintStream;
import java.util.Locale;

/**
 * The means that all rows of a run are measured with.
 *
 * @param synapse the real Synapse, for the rows that need one
 * @param rounds number of rounds of each pair
 * @param log receives progress lines for a waiting person
 */
public record Bench(
    Servers servers, SynapseOnDemand synapse, Scale scale, int rounds, PrintStream log) {

  /** Prints one line of progress. */
  public void printLine(String format, Object... values) {
    log.printf(Locale.ROOT, format + "%n", values);
  }
}
