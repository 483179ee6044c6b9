package dev.bailiff.job.store;

import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/** A column of several rows, as an array to bind to a statement. */
final class Column {
  private Column() {}

  static <T, R> R[] of(List<T> rows, Function<T, R> part, IntFunction<R[]> array) {
    return rows.stream().map(part).toArray(array);
  }
}
