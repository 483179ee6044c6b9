package dev.bailiff.gateway.job.upload;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file of targets. */
interface TargetFile {
  int BYTE_ORDER_MARK = 0xfeff;

  /** Longer than any name of a column; a first line that is longer names none. */
  int LONGEST_HEADER = 4_096;

  /** The next target; null at the end. */
  @Nullable ArrivingTarget next() throws IOException;

  /**
   * A file in this text.
   *
   * @param isCsv whether it is said to be CSV; otherwise its first line tells
   * @param column the column with the targets; empty for a usual one
   */
  static TargetFile open(Reader text, boolean isCsv, Optional<String> column) throws IOException {
    var buffered = new BufferedReader(text);
    buffered.mark(1);
    if (buffered.read() != BYTE_ORDER_MARK) {
      buffered.reset();
    }
    return isCsv || TargetColumn.isNamedIn(firstLine(buffered))
        ? CsvFile.open(buffered, column)
        : new PlainFile(buffered);
  }

  private static String firstLine(BufferedReader text) throws IOException {
    text.mark(LONGEST_HEADER);
    var line = new StringBuilder();
    for (int at = 0; at < LONGEST_HEADER; at++) {
      int next = text.read();
      if (next < 0 || next == '\n' || next == '\r') {
        break;
      }
      line.append((char) next);
    }
    text.reset();
    return line.toString();
  }
}
