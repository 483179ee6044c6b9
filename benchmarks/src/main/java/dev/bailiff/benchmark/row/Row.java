package dev.bailiff.benchmark.row;

import dev.bailiff.benchmark.measure.Measurement;
import java.util.List;

/** A row of the table, or several rows that are measured together. */
public interface Row {

  /** Name on the command line and in JSON. */
  String name();

  /**
   * Measures all rounds of the row.
   *
   * @throws IllegalStateException if a job ended badly, or the two sides did different work
   */
  List<Measurement> measure(Bench bench) throws Exception;
}
