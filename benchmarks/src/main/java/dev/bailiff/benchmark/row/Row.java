package dev.bailiff.benchmark.row;

import dev.bailiff.benchmark.measure.Measurement;
import java.util.List;

/** A row of the table, or a few that are measured together. */
public interface Row {

  /** Name on the command line and in JSON. */
  String name();

  /**
   * Measures it, all rounds.
   *
   * @throws IllegalStateException if a job ended badly, or the sides did not do the same
   */
  List<Measurement> measure(Bench bench) throws Exception;
}
