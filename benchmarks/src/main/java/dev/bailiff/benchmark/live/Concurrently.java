package dev.bailiff.benchmark.live;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** The same call for each element of a list, some at a time. */
final class Concurrently {

  private Concurrently() {}

  /**
   * Calls for each element, in the order of the list, and returns the results in this order.
   *
   * @throws IllegalStateException if a call failed
   */
  static <T, R> List<R> each(int atATime, List<T> elements, Function<T, R> call) {
    var threads = Executors.newFixedThreadPool(atATime);
    try {
      var calls =
          elements.stream().map(element -> threads.submit(() -> call.apply(element))).toList();
      return calls.stream().map(Concurrently::result).toList();
    } finally {
      threads.shutdownNow();
    }
  }

  private static <R> R result(Future<R> call) {
    try {
      return call.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a call failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
