package dev.bailiff.gateway.job.export;

import java.io.IOException;

/**
 * Writes the rows of a list. It never closes its output: the end of a reply that was cut off must
 * not look like the end of the list.
 */
interface RowWriter<T> {

  /** What stands before the first row. */
  void begin() throws IOException;

  void write(T row) throws IOException;

  /** Hands everything that was written to the output. */
  void flush() throws IOException;
}
