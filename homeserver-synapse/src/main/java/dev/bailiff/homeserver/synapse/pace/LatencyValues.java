package dev.bailiff.homeserver.synapse.pace;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/**
 * The values of the probe: the median of the last 3 s, and the lowest such median of the last hour,
 * which is the value of an idle server. Times are nanoseconds. Thread-safe.
 */
final class LatencyValues {
  static final Duration WINDOW = Duration.ofSeconds(3);

  /** A median of fewer values is chance. */
  static final int LEAST = 5;

  private static final long KEPT = Duration.ofHours(1).toNanos();
  private static final long SPAN = Duration.ofMinutes(1).toNanos();

  private final Deque<Value> values = new ArrayDeque<>();
  private final Deque<Value> lowest = new ArrayDeque<>();

  private record Value(long at, long nanos) {}

  /** Adds a value. */
  synchronized void add(long now, long nanos) {
    values.addLast(new Value(now, nanos));
    median(now).ifPresent(median -> noteLowest(now, median));
  }

  /** The median of the last 3 s; empty if there are too few values. */
  synchronized OptionalLong median(long now) {
    forget(values, now - WINDOW.toNanos());
    if (values.size() < LEAST) {
      return OptionalLong.empty();
    }
    var sorted = values.stream().mapToLong(Value::nanos).sorted().toArray();
    return OptionalLong.of(sorted[(sorted.length - 1) / 2]);
  }

  /** The value of an idle server; empty if there was no median in the last hour. */
  synchronized OptionalLong idle(long now) {
    forget(lowest, now - KEPT);
    return lowest.stream().mapToLong(Value::nanos).min();
  }

  /** One entry stands for the lowest median of about a minute. */
  private void noteLowest(long now, long median) {
    var last = lowest.peekLast();
    if (last == null || now - last.at() >= SPAN) {
      lowest.addLast(new Value(now, median));
    } else if (median < last.nanos()) {
      lowest.removeLast();
      lowest.addLast(new Value(last.at(), median));
    }
  }

  private static void forget(Deque<Value> of, long before) {
    while (!of.isEmpty() && of.getFirst().at() - before < 0) {
      of.removeFirst();
    }
  }
}
