package dev.bailiff.homeserver.synapse.counting;

import java.util.List;
import java.util.function.Function;

/** Reads one value for each of the first items of a list, until the time of a call is over. */
public interface FirstReads {

  /**
   * Reads the values.
   *
   * @return in the order of the list; of one item at least
   */
  <T, R> List<R> readFirst(List<T> items, Function<T, R> call);
}
