package dev.bailiff.homeserver.pace;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/**
 * The values of the probe: the quantile of the last seconds, and the lowest such quantile of the
 * last hour, which is the value of an idle homeserver. Times are nanoseconds. Thread-safe.
 */
final class LatencyValues {
  private static final long KEPT = Duration.ofHours(1).toNanos();
  private static final long SPAN = Duration.ofMinutes(1).toNanos();

  private final LatencyWindow window;
  private final Deque<Value> values = new ArrayDeque<>();
  private final Deque<Value> lowest = new ArrayDeque<>();

  private record Value(long at, long nanos) {}

  LatencyValues(LatencyWindow window) {
    this.window = window;
  }

  /** Adds a value. */
  synchronized void add(long now, long nanos) {
    values.addLast(new Value(now, nanos));
    recent(now).ifPresent(recent -> noteLowest(now, recent));
  }

  /** The quantile of the last seconds; empty if there are too few values. */
  synchronized OptionalLong recent(long now) {
    return recent(now, now - window.length().toNanos());
  }

  /**
   * The quantile of the last seconds; empty if there are too few values.
   *
   * @param since older values do not count
   */
  synchronized OptionalLong recent(long now, long since) {
    forget(values, now - window.length().toNanos());
    var sorted =
        values.stream()
            .filter(value -> value.at() - since >= 0)
            .mapToLong(Value::nanos)
            .sorted()
            .toArray();
    if (sorted.length < window.least()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(sorted[(int) ((sorted.length - 1) * window.quantile())]);
  }

  /** The value of an idle server; empty if there was none in the last hour. */
  synchronized OptionalLong idle(long now) {
    forget(lowest, now - KEPT);
    return lowest.stream().mapToLong(Value::nanos).min();
  }

  /** One entry stands for the lowest quantile of about a minute. */
  private void noteLowest(long now, long quantile) {
    var last = lowest.peekLast();
    if (last == null || now - last.at() >= SPAN) {
      lowest.addLast(new Value(now, quantile));
    } else if (quantile < last.nanos()) {
      lowest.removeLast();
      lowest.addLast(new Value(last.at(), quantile));
    }
  }

  private static void forget(Deque<Value> of, long before) {
    while (!of.isEmpty() && of.getFirst().at() - before < 0) {
      of.removeFirst();
    }
  }
}
